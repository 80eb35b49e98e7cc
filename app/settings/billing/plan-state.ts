import type { Billing } from '@/lib/billing/billing'
import { FREE, PLANS } from '@/lib/catalog/plans'
import { isTerminal } from '@/lib/status'
import { endsAtOnce } from '@/lib/subscriptions/ends-at-once'

/** Whether there is a subscription that can still be changed, paid or canceled, whatever it grants now. */
export function isLive({ status }: Billing): boolean {
  return status !== 'none' && !isTerminal(status)
}

/** Whether canceling would change anything: one that is set to end may still end at once, where nothing is paid for. */
export function canCancel(billing: Billing): boolean {
  return isLive(billing) && (!billing.isCanceling || endsAtOnce(billing.status))
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
