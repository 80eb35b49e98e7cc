import {
  countOpenEvents,
  type EventFilter,
  type ListedEvent,
  listEventsPage,
} from '@/db/queries/console-events'

export type { EventFilter, ListedEvent }

const EVENTS_PER_PAGE = 50

/** A page of events, and where the next one begins; null where there is none. */
export async function readEvents(filter: EventFilter): Promise<{
  events: ListedEvent[]
  next: EventFilter['after']
  open: Awaited<ReturnType<typeof countOpenEvents>>
}> {
  const [rows, open] = await Promise.all([
    listEventsPage(filter, EVENTS_PER_PAGE + 1),
    countOpenEvents(),
  ])
  const events = rows.slice(0, EVENTS_PER_PAGE)
  const last = events.at(-1)
  const next =
    rows.length > events.length && last ? { at: last.receivedExactly, id: last.id } : null
  return { events, next, open }
}
