import type { PendingEvent } from '@/db/queries/claim'
import type { Change } from '@/db/queries/ledger'

/** `outbox.kind` of a Checkout session that may have sold credits, or of a refund that may have been for some. */
export const CREDITS = 'credits'

/** What to look at again because of credits: each event's object once for each kind of news. */
export function creditTasksOf(events: readonly PendingEvent[]): Change['outbox'] {
  return events.flatMap(({ type, objectId }) => {
    const task = TASKS.get(type)
    if (!task || !objectId) return []
    return [{ key: `credits:${type}:${objectId}`, kind: CREDITS, payload: { task, objectId } }]
  })
}

const TASKS: ReadonlyMap<string, 'grant' | 'take_back'> = new Map([
  ['checkout.session.completed', 'grant'],
  // A bank debit has arrived, days after the session was completed.
  ['checkout.session.async_payment_succeeded', 'grant'],
  // Each of several refunds: the one that gives back the last of it takes the credits along.
  ['refund.created', 'take_back'],
])
