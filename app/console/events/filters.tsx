import type { Route } from 'next'
import { PageLink } from '@/app/components/page-link'
import type { EventFilter } from '@/lib/console/events'
import { handledEvents } from '@/lib/events/handlers'
import { filterQuery } from './read-filter'

type Props = { filter: EventFilter; open: { pending: number; dead: number; behind: number } }

/** By state, with how many there are, and by type; whose they are stays as it is. */
export function Filters({ filter, open }: Props) {
  const states = [
    [null, 'All'],
    ['pending', `Pending ${open.pending}`],
    ['dead', `Dead ${open.dead}`],
  ] as const
  return (
    <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
      <nav aria-label="State" className="flex flex-wrap gap-1">
        {states.map(([state, word]) => (
          <PageLink
            key={word}
            href={`/console/events?${filterQuery({ ...filter, state, after: null })}` as Route}
            aria-current={filter.state === state ? 'true' : undefined}
            className="inline-flex min-h-8 items-center rounded-md px-2.5 text-ink-2 hover:bg-subtle aria-[current]:bg-subtle aria-[current]:font-semibold aria-[current]:text-ink"
          >
            {word}
          </PageLink>
        ))}
        {filter.customer ? (
          <PageLink
            href={
              `/console/events?${filterQuery({ ...filter, customer: null, after: null })}` as Route
            }
            className="link inline-flex min-h-8 items-center px-2.5 font-mono text-xs"
          >
            {filter.customer} ×<span className="sr-only"> Show everyone’s</span>
          </PageLink>
        ) : null}
      </nav>
      <form action="/console/events" className="flex flex-wrap items-center gap-2">
        {filter.state ? <input type="hidden" name="state" value={filter.state} /> : null}
        {filter.customer ? <input type="hidden" name="customer" value={filter.customer} /> : null}
        <label htmlFor="type" className="text-ink-3">
          Type
        </label>
        <select
          id="type"
          name="type"
          defaultValue={filter.type ?? ''}
          className="field min-h-9! w-60! max-w-full py-1! text-sm!"
        >
          <option value="">Every type</option>
          {handledEvents.map((type) => (
            <option key={type}>{type}</option>
          ))}
        </select>
        <button type="submit" className="button min-h-9! px-3! text-sm!">
          Show
        </button>
      </form>
    </div>
  )
}
