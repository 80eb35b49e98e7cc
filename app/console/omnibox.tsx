import { Icon } from '@/app/components/icons'
import { SlashKey } from './slash-key'

/** One field for every address, name and id; the server decides what it is. */
export function Omnibox({ asked }: { asked: string }) {
  return (
    <search className="order-last w-full md:order-none md:w-auto md:flex-1">
      <form action="/console" className="flex max-w-xl items-center gap-2">
        <label htmlFor="omnibox" className="sr-only">
          Search customers, events and IDs
        </label>
        <div className="relative flex-1">
          <Icon
            name="search"
            className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-3"
          />
          <input
            id="omnibox"
            name="q"
            type="search"
            defaultValue={asked}
            maxLength={255}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            placeholder="Email, name, cus_, sub_, in_, evt_…"
            className="field min-h-10! py-1! pl-9! text-sm!"
          />
        </div>
        <button type="submit" className="button min-h-10! px-3! text-sm!">
          Search
        </button>
        <SlashKey to="omnibox" />
      </form>
    </search>
  )
}
