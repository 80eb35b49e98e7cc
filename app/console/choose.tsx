import type { Route } from 'next'

type Props = {
  /** Where the list is. */
  action: Route
  /** The field's name in the address, and how it is called. */
  name: string
  label: string
  /** What is chosen; null for all, whose word is `every`. */
  value: string | null
  every: string
  options: readonly string[]
  /** How an option is called where that is not what the address says. */
  nameOf?: (option: string) => string
  /** What the address says besides, and keeps. */
  kept: Readonly<Record<string, string | null>>
}

/** Chooses one of many for a list, without a script. */
export function Choose(props: Props) {
  const { action, name, label, value, every, options, nameOf = String, kept } = props
  return (
    <form action={action} className="flex max-w-full items-center gap-2">
      {Object.entries(kept).map(([field, said]) =>
        said === null ? null : <input key={field} type="hidden" name={field} value={said} />,
      )}
      <label htmlFor={name} className="text-ink-3">
        {label}
      </label>
      <select
        id={name}
        name={name}
        defaultValue={value ?? ''}
        className="field min-h-9! w-60! min-w-0! shrink py-1! text-sm!"
      >
        <option value="">{every}</option>
        {options.map((option) => (
          <option key={option} value={option}>
            {nameOf(option)}
          </option>
        ))}
      </select>
      <button type="submit" className="button min-h-9! px-3! text-sm!">
        Show
      </button>
    </form>
  )
}
