import type { Claim } from '@/db/queries/claim'
import type { Change } from '@/db/queries/ledger'
import type { CustomerId } from '@/lib/ids'
import { isTerminal } from '@/lib/status'
import type { SubscriptionSnapshot } from '@/lib/stripe/subscriptions'

/** `outbox.kind` of a subscription with a planned change, that may be another by now than when it was planned. */
export const REPLAN = 'replan'

/**
 * The planned changes to look at again, once for each event that says that a subscription or its schedule changed: a
 * schedule gives a subscription what it was when it was made, and takes away what has come since.
 */
export function replanTasksOf(
  { events }: Pick<Claim, 'events'>,
  shown: readonly SubscriptionSnapshot[],
  customerId: CustomerId,
): Change['outbox'] {
  const event = events.find(({ type }) => CHANGES.has(type))
  if (!event) return []
  return shown
    .filter(({ scheduleId, status }) => scheduleId !== null && !isTerminal(status))
    .map(({ id }) => ({
      key: `replan:${id}:${event.id}`,
      kind: REPLAN,
      payload: { customerId, subscriptionId: id },
    }))
}

const CHANGES: ReadonlySet<string> = new Set([
  'customer.subscription.updated',
  'subscription_schedule.created',
  'subscription_schedule.updated',
])
