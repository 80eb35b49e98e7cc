import { PageLink } from '@/app/components/page-link'
import { Choose } from '@/app/console/choose'
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
            href={`/console/events?${filterQuery({ ...filter, state, after: null })}`}
            aria-current={filter.state === state ? 'true' : undefined}
            className="inline-flex min-h-8 items-center rounded-md px-2.5 text-ink-2 hover:bg-subtle aria-[current]:bg-subtle aria-[current]:font-semibold aria-[current]:text-ink"
          >
            {word}
          </PageLink>
        ))}
        {filter.customer ? (
          <PageLink
            href={`/console/events?${filterQuery({ ...filter, customer: null, after: null })}`}
            className="link inline-flex min-h-8 items-center px-2.5 font-mono text-xs"
          >
            {filter.customer} ×<span className="sr-only"> Show everyone’s</span>
          </PageLink>
        ) : null}
      </nav>
      <Choose
        action="/console/events"
        name="type"
        label="Type"
        value={filter.type}
        every="Every type"
        options={handledEvents}
        kept={{ state: filter.state, customer: filter.customer }}
      />
    </div>
  )
}
