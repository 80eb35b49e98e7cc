import type { SubscriptionRow } from '@/db/queries/claim'
import type { AuditAction } from '@/lib/audit-action'
import type { MirrorRow } from './mirror'

type SubscriptionAction = Extract<AuditAction, `subscription.${string}`>

/** `noun.verb` for the audit trail: what happened to one subscription, as a person would say it. */
export function subscriptionAction(
  before: SubscriptionRow | undefined,
  after: MirrorRow,
): SubscriptionAction {
  if (!before) return nameArrival(after.status)
  if (before.status !== after.status) return nameMove(before.status, after.status)
  if (isCanceling(before) !== isCanceling(after)) {
    return isCanceling(after) ? 'subscription.schedule_cancel' : 'subscription.resume'
  }
  if (before.priceId !== after.priceId) return 'subscription.change_plan'
  if (before.currentPeriodEnd?.getTime() !== after.currentPeriodEnd?.getTime())
    return 'subscription.renew'
  return 'subscription.update'
}

// A customer who comes from elsewhere may bring a subscription that is over already.
function nameArrival(status: MirrorRow['status']): SubscriptionAction {
  if (status === 'active' || status === 'trialing') return 'subscription.start'
  return status === 'incomplete' ? 'subscription.create' : 'subscription.discover'
}

/**
 * Flexible billing sets `cancel_at` from the portal and leaves `cancel_at_period_end` false: either
 * one means it ends.
 */
export function isCanceling(
  subscription: Pick<MirrorRow, 'cancelAt' | 'cancelAtPeriodEnd' | 'endedAt'>,
): boolean {
  return !subscription.endedAt && (subscription.cancelAt !== null || subscription.cancelAtPeriodEnd)
}

function nameMove(from: MirrorRow['status'], to: MirrorRow['status']): SubscriptionAction {
  switch (to) {
    case 'canceled':
      return 'subscription.end'
    case 'incomplete_expired':
      return 'subscription.expire'
    case 'past_due':
      return 'subscription.fall_due'
    case 'unpaid':
      return 'subscription.give_up_payment'
    case 'paused':
      return 'subscription.pause'
    case 'trialing':
      return 'subscription.start_trial'
    case 'active':
      return nameActivation(from)
    default:
      return 'subscription.update'
  }
}

function nameActivation(from: MirrorRow['status']): SubscriptionAction {
  if (from === 'past_due' || from === 'unpaid') return 'subscription.recover'
  if (from === 'trialing') return 'subscription.convert'
  if (from === 'paused') return 'subscription.unpause'
  return 'subscription.start'
}
