import { PageLink } from '@/app/components/page-link'
import { consoleMetadata, consolePage } from '@/app/console/console-page'
import { Heading } from '@/app/console/heading'
import { Outcome } from '@/app/console/outcome'
import { Nothing } from '@/app/console/section'
import { readEvents } from '@/lib/console/events'
import { EventTable } from './event-table'
import { Filters } from './filters'
import { filterQuery, readFilter } from './read-filter'

export const generateMetadata = consoleMetadata('Events')

export default consolePage('events', async ({ query }) => {
  const filter = readFilter(query)
  const { events, next, open } = await readEvents(filter)
  return (
    <>
      <Heading title="Events">What Stripe sent, the newest first, in UTC.</Heading>
      <Outcome query={query} page="/console/events" />
      <Filters filter={filter} open={open} />
      {events.length > 0 ? <EventTable events={events} /> : <Nothing>There are none.</Nothing>}
      {next ? (
        <p className="mt-2">
          <PageLink
            href={`/console/events?${filterQuery({ ...filter, after: next })}`}
            className="link inline-flex min-h-8 items-center"
          >
            Older
          </PageLink>
        </p>
      ) : null}
    </>
  )
})
