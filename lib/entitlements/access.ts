import { ACCESS_POLICY, type AccessPolicy } from '@/lib/catalog/access-policy'
import type { Payment } from '@/lib/payment'
import type { SubscriptionStatus } from '@/lib/status'
import { takenBack } from './taken-back'

export type Access = 'full' | 'grace' | 'none'

/** What access is decided from. Instants in UTC. */
export type PlanState = Omit<Payment, 'coveredTier'> & {
  status: SubscriptionStatus | 'unknown'
  currentPeriodEnd: Date | null
  pastDueSince: Date | null
  endedAt: Date | null
  /** When it is to end, as planned. */
  cancelAt: Date | null
  collectionPaused: boolean
}

/**
 * What one subscription allows at `now`: Stripe's status and the money together.
 * A status that Stripe invents later allows nothing. `docs/access.md` draws the whole table.
 */
export function accessOf(
  subscription: PlanState,
  now: Date,
  policy: AccessPolicy = ACCESS_POLICY,
): Access {
  if (subscription.endedAt && subscription.endedAt <= now) return 'none'
  const until = allowedUntil(subscription, policy)
  if (until !== 'open_end' && (until === null || until <= now)) return 'none'
  return subscription.status === 'past_due' ? 'grace' : 'full'
}

/**
 * Until when what we know allows something, if nothing else happens; null: it allows nothing.
 * `open_end`: Stripe shows no period, so nothing says when to look again.
 */
export function allowedUntil(
  subscription: PlanState,
  policy: AccessPolicy = ACCESS_POLICY,
): Date | 'open_end' | null {
  const { cancelAt } = subscription
  const until = goesOnUntil(subscription, policy)
  if (until === null || cancelAt === null) return until
  return until === 'open_end' || cancelAt < until ? cancelAt : until
}

function goesOnUntil(subscription: PlanState, policy: AccessPolicy): Date | 'open_end' | null {
  switch (subscription.status) {
    case 'trialing':
      return renewal(subscription, policy)
    case 'active':
      if (isTakenBack(subscription, policy)) return null
      return subscription.collectionPaused
        ? whilePaused(subscription, policy)
        : whileActive(subscription, policy)
    case 'past_due':
      return isTakenBack(subscription, policy) ? null : graceUntil(subscription, policy)
    default:
      return null
  }
}

/** The instant at which a past-due subscription stops allowing anything; null for any other. */
export function graceUntil(
  {
    status,
    owes,
    pastDueSince,
    paidThrough,
  }: Pick<PlanState, 'status' | 'owes' | 'pastDueSince' | 'paidThrough'>,
  { graceDays }: AccessPolicy = ACCESS_POLICY,
): Date | null {
  // Grace bridges a renewal. A subscription that was never paid has nothing to bridge.
  if (status !== 'past_due' || neverPaid(owes)) return null
  // What failed may be a change alone: the plan before it was paid for, and stays to the end of that.
  if (owes === null && paidThrough) return paidThrough
  return pastDueSince && addDays(pastDueSince, graceDays)
}

/** Whether no money ever came for it. */
export function neverPaid(owes: Payment['owes']): boolean {
  return owes === 'first' || owes === 'conversion'
}

// Nothing is charged meanwhile, so what is paid does not grow. Where nothing was ever billed, the
// period is a gift to its end. A change that was paid for pays for no period that was not.
function whilePaused(subscription: PlanState, policy: AccessPolicy): Date | 'open_end' | null {
  const { owes, paidThrough, currentPeriodEnd } = subscription
  if (policy.pausedCollection === 'keep')
    return neverPaid(owes) ? whileActive(subscription, policy) : renewal(subscription, policy)
  if (neverPaid(owes)) return null
  return paidThrough ?? (owes === null ? currentPeriodEnd : null)
}

function isTakenBack({ payment }: PlanState, policy: AccessPolicy): boolean {
  return takenBack(policy).some((how) => how === payment)
}

function whileActive(subscription: PlanState, policy: AccessPolicy): Date | 'open_end' | null {
  const { payment, owes, owedSince, dueAt } = subscription
  // What was never paid is no gift: Stripe itself voids a first invoice when its debit comes back.
  const later = !neverPaid(owes)
  const graced = owedSince && addDays(owedSince, policy.graceDays)
  switch (payment) {
    case 'settled':
    case 'refunded':
    case 'dispute_lost':
      return renewal(subscription, policy)
    case 'void':
      return later && policy.voidedRenewal === 'keep' ? renewal(subscription, policy) : null
    case 'uncollectible':
      return later && policy.writtenOffRenewal === 'keep' ? renewal(subscription, policy) : null
    case 'skipped':
      return later && policy.pausedCollection === 'keep' ? renewal(subscription, policy) : null
    case 'draft':
      // Stripe finalizes it within the hour, or within three days while a webhook does not answer.
      return owes === 'first' ? null : graced
    case 'open':
      return later ? graced : delayed(owedSince, policy)
    case 'sent':
      if (policy.sentInvoice === 'when_paid') return later ? graced : null
      return dueAt ? addDays(dueAt, later ? policy.graceDays : 0) : graced
  }
}

function delayed(since: Date | null, { delayedPayment }: AccessPolicy): Date | null {
  return delayedPayment === 'wait' || !since ? null : addDays(since, delayedPayment.days)
}

// Renewal is charged after the period has ended; access bridges the same days as a failed payment.
// A change of interval that was never paid made the period longer than what was paid for.
function renewal(
  { currentPeriodEnd, changeUnpaid, paidThrough }: PlanState,
  { graceDays }: AccessPolicy,
): Date | 'open_end' {
  if (!currentPeriodEnd) return 'open_end'
  if (changeUnpaid && paidThrough && paidThrough < currentPeriodEnd) return paidThrough
  return addDays(currentPeriodEnd, graceDays)
}

function addDays(instant: Date, days: number): Date {
  return new Date(instant.getTime() + days * 86_400_000)
}
