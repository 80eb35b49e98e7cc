import type { PendingEvent } from '@/db/queries/claim'
import type { Change } from '@/db/queries/ledger'

/** An event that was tried once more in vain. */
export function failure({ id, tries }: PendingEvent, error: string): Change['failures'][number] {
  return { eventId: id, error, dead: tries + 1 >= DEAD_AFTER }
}

/** What keeps a target dirty: a failure that is not final. */
export function retryOf(failures: Change['failures']): string | null {
  return failures.find(({ dead }) => !dead)?.error ?? null
}

// With their backoffs about twenty minutes: what has not passed by then needs a person.
const DEAD_AFTER = 8
