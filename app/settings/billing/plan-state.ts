import type { Billing } from '@/lib/billing/billing'
import { ACCESS_POLICY } from '@/lib/catalog/access-policy'
import { FREE, PLANS } from '@/lib/catalog/plans'
import { isTerminal } from '@/lib/status'
import { endsAtOnce } from '@/lib/subscriptions/ends-at-once'

/**
 * Whether there is a subscription that can still be changed, paid or canceled, whatever it grants now. One that never
 * began is ended by us, at the latest before another is bought.
 */
export function isLive(billing: Billing, { failedFirstPayment } = ACCESS_POLICY): boolean {
  const { status } = billing
  if (neverBegan(billing) && failedFirstPayment === 'cancel') return false
  return status !== 'none' && !isTerminal(status)
}

/** A plan whose first payment was given up: Stripe has it as one that goes on, and nothing of it ever began. */
export function neverBegan({ status, money }: Billing): boolean {
  const isGivenUp = money.payment === 'void' || money.payment === 'uncollectible'
  return (status === 'past_due' || status === 'unpaid') && money.owes === 'first' && isGivenUp
}

/**
 * Whether canceling would change anything. One that is set to end may still end at once, where its money is asked for
 * until then: of one that is paused it is not.
 */
export function canCancel(billing: Billing): boolean {
  const { status, isCanceling } = billing
  return isLive(billing) && (!isCanceling || (status !== 'paused' && endsAtOnce(status)))
}

/** What to call it. A plan that is off counts as free, but its owner still has one: it keeps its name. */
export function planName(billing: Billing): string {
  if (!isOff(billing)) return PLANS[billing.tier].name
  return billing.plan ? PLANS[billing.plan].name : 'Your plan'
}

/** A plan that exists and grants nothing for now: unpaid, paused, not yet begun. */
export function isOff(billing: Billing): boolean {
  return isLive(billing) && billing.tier === FREE.tier
}

/** A plan that is on while a bank has the order to pay its period and has not answered. */
export function isOnItsWay({ status, access, money }: Billing): boolean {
  return status === 'active' && access !== 'none' && money.payment === 'open' && money.owes !== null
}
