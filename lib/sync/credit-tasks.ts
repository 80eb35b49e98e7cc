import type { PendingEvent } from '@/db/queries/claim'
import type { Change } from '@/db/queries/ledger'

/** `outbox.kind` of a Checkout session that may have sold credits, or of a refund that may have been for some. */
export const CREDITS = 'credits'

/** What to look at again because of credits: once for each event, for a refund can have several of a kind. */
export function creditTasksOf(events: readonly PendingEvent[]): Change['outbox'] {
  return events.flatMap(({ id, type, objectId }) => {
    const task = TASKS.get(type)
    if (!task || !objectId) return []
    return [{ key: `credits:${id}`, kind: CREDITS, payload: { task, objectId } }]
  })
}

const TASKS: ReadonlyMap<string, 'grant' | 'settle_refund'> = new Map([
  ['checkout.session.completed', 'grant'],
  // A bank debit has arrived, days after the session was completed.
  ['checkout.session.async_payment_succeeded', 'grant'],
  // Each of several refunds: the one that gives back the last of it takes the credits along.
  ['refund.created', 'settle_refund'],
  // It can be called off while it is pending, which no other event says.
  ['refund.updated', 'settle_refund'],
  // The money did not arrive and is ours again: what it bought is theirs again.
  ['refund.failed', 'settle_refund'],
])
