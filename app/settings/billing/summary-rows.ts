import type { Billing } from '@/lib/billing/billing'
import { FEATURES } from '@/lib/catalog/features'
import { FREE } from '@/lib/catalog/plans'
import { formatMoney, type Money } from '@/lib/money'
import { billedText } from './interval-text'
import { isLive, isOff } from './plan-state'
import { isFree } from './trial-strip'

export type SummaryRow = { label: string; value: Money | Date | string }

/** The lines of the plan's receipt: price, how it is billed, what happens next and when, what is in it. */
export function summaryRows(billing: Billing): SummaryRow[] {
  const { price } = billing
  const billed = billedText(billing)
  if (!isLive(billing)) {
    const uses = billing.usage.limit.toLocaleString('en-US')
    return [
      { label: 'Price', value: NOTHING },
      { label: 'Uses a month', value: uses },
      ...(began(billing) ? dated('Last plan ended on', billing.endedAt) : []),
    ]
  }
  return [
    ...(price ? [{ label: 'Price', value: eachOf(price, billing.quantity) }] : []),
    ...(billed ? [{ label: 'Billed', value: sentence(billed) }] : []),
    ...nextDate(billing),
    ...(isOff(billing) ? [{ label: 'Access for now', value: `Limits of ${FREE.name}` }] : []),
    ...billing.features.map((feature) => ({ label: FEATURES[feature].name, value: 'Included' })),
  ]
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

// One whose first payment never came did not begin, whatever Stripe calls its end.
function began({ status, money }: Billing): boolean {
  return status === 'canceled' && money.owes !== 'first'
}

// The list price, for one item where there are several: the next charge shows the total.
function eachOf({ amount, currency }: Money, quantity: number): Money | string {
  if (quantity < 2) return { amount, currency }
  return `${quantity} × ${formatMoney({ amount: amount / quantity, currency })}`
}

const NOTHING: Money = { amount: 0, currency: FREE.currency }

/** What happens to the plan next, and when. */
export function nextDate(billing: Billing): SummaryRow[] {
  const { status, access, currentPeriodEnd, pastDueSince, money } = billing
  if (status === 'processing') return dated('Payment started on', money.owedSince)
  if (status === 'past_due' || status === 'unpaid') {
    const until = access === 'grace' ? dated('Stays on until', staysUntil(billing)) : []
    return [...dated('Payment due since', pastDueSince), ...until]
  }
  if (billing.isCanceling) return dated('Ends on', billing.cancelAt ?? currentPeriodEnd)
  if (status === 'trialing')
    return dated(isCharged(billing) ? 'First charge on' : 'Trial ends on', billing.trialEnd)
  if (billing.collectionPaused)
    return dated(access === 'none' ? 'Was paid until' : 'Paid until', money.paidThrough)
  return status === 'active' ? dated('Renews on', currentPeriodEnd) : []
}

// One that is set to end before its last day of grace ends then.
function staysUntil({ graceUntil, cancelAt }: Billing): Date | null {
  return cancelAt && graceUntil && cancelAt < graceUntil ? cancelAt : graceUntil
}

// A trial without a card may pause or end instead of being charged.
function isCharged(billing: Billing): boolean {
  const { trialEnding, trialEnd } = billing
  if (trialEnd && isFree(billing, trialEnd)) return false
  const { withoutCard = null } = trialEnding ?? {}
  return withoutCard === null || withoutCard === 'create_invoice'
}

function dated(label: string, value: Date | null): SummaryRow[] {
  return value ? [{ label, value }] : []
}
