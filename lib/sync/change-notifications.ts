import type { PendingEvent, SubscriptionRow } from '@/db/queries/claim'
import type { Change } from '@/db/queries/ledger'
import { toUnix } from '@/lib/clock'
import { NOTIFICATION } from '@/lib/events/notifications'
import type { CustomerId } from '@/lib/ids'
import type { MirrorRow } from './mirror'
import { isCanceling } from './subscription-action'

/**
 * The emails to be sent because a read showed another state than the records: that a plan is to end, or is
 * another. A subscription that is seen for the first time is no change. What an email says is decided when it goes out.
 */
export function changeNotifications(
  moves: readonly { row: MirrorRow; before: SubscriptionRow | undefined }[],
  { customerId, fence }: { customerId: CustomerId; fence: number },
): Change['outbox'] {
  return moves.flatMap(({ row, before }) => {
    if (!before || row.endedAt) return []
    const { id } = row
    // Canceled, kept, and canceled again is two cancellations: each has an instant of its own at Stripe.
    const at = row.canceledAt ?? row.cancelAt
    const cancels = isCanceling(row) && !isCanceling(before)
    const changes = tookEffect(before, row)
    return [
      ...(cancels
        ? [entry('subscription.schedule_cancel', id, `${at ? toUnix(at) : 0}`, customerId)]
        : []),
      // There and back is two changes, which nothing but the read that showed them distinguishes. The plan is
      // part of the key, so that only the email about the one that is current goes out.
      ...(changes
        ? [entry('subscription.change_plan', id, `${fence}:${planKey(row)}`, customerId)]
        : []),
    ]
  })
}

/** What is bought, as part of a key. */
export function planKey({
  tier,
  interval,
  quantity,
}: Pick<MirrorRow, 'tier' | 'interval' | 'quantity'>): string {
  return `${tier}:${interval}:${quantity}`
}

// While a change is billed and not paid, the plan before counts.
function tookEffect(before: SubscriptionRow, row: MirrorRow): boolean {
  if (!before.tier || !row.tier || row.changeUnpaid) return false
  if (planKey(before) !== planKey(row)) return true
  return before.changeUnpaid && before.coveredTier !== null && before.coveredTier !== row.tier
}

/**
 * What waiting events announce that is no fact of ours: a plan that a schedule changes on a day, and a purchase
 * whose money may take days. Stripe reports both more than once, and before all of it is there.
 */
export function announcedNotifications(
  events: readonly PendingEvent[],
  customerId: CustomerId,
): Change['outbox'] {
  return events.flatMap(({ type, objectId, attempt }) => {
    if (!objectId) return []
    if (type === 'checkout.session.completed')
      return [entry('checkout.pending', objectId, null, customerId)]
    return PLANS_CHANGE.has(type) && attempt !== null
      ? [entry('subscription.coming_plan', objectId, `${attempt}`, customerId)]
      : []
  })
}

const PLANS_CHANGE: ReadonlySet<string> = new Set([
  'subscription_schedule.created',
  'subscription_schedule.updated',
])

function entry(kind: string, objectId: string, which: string | null, customerId: CustomerId) {
  const key = `notification:${kind}:${objectId}${which === null ? '' : `:${which}`}`
  return { key, kind: NOTIFICATION, payload: { kind, objectId, customerId } }
}
