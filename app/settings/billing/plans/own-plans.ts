import { isLive } from '@/app/settings/billing/plan-state'
import type { Billing } from '@/lib/billing/billing'
import { ALL_PLANS, type Interval, isPaidTier, type Plan } from '@/lib/catalog/plans'
import type { PricesIn } from '@/lib/catalog/prices-in'
import { formatDay } from '@/lib/day'
import { formatMoney, type Money } from '@/lib/money'

export type OwnPlans = {
  /** The catalog in the currency of this customer, with what they pay for what they have. */
  plans: readonly Plan[]
  /** The currency they pay in, where the prices of the rest are not known in it; null otherwise. */
  paysIn: string | null
}

/**
 * The plans at the prices that a customer pays or would pay. Stripe bills a customer in one currency for good: also one
 * whose plan has ended.
 * @param listed what Stripe sells the plans for in that currency; null where it was not asked, or did not say
 */
export function ownPlans(billing: Billing, listed: PricesIn | null): OwnPlans {
  const { price, quantity, plan: own } = billing
  if (!price || billing.isOfGoneCustomer) return { plans: ALL_PLANS, paysIn: null }
  const live = isLive(billing)
  const each = { ...price, amount: price.amount / quantity }
  const priced = (tier: Plan['tier'], interval: Interval, list: Money): Money | null => {
    if (live && own === tier && billing.interval === interval) return each
    if (list.currency === price.currency) return list
    return isPaidTier(tier) ? (listed?.[tier]?.[interval] ?? null) : null
  }
  const plans = ALL_PLANS.map((plan) => inCurrency(plan, price.currency, priced))
  const known = plans.filter((plan) => plan !== null)
  // A page with two currencies on it compares nothing: then it stays the list, and says so.
  if (known.length < plans.length) return { plans: ALL_PLANS, paysIn: price.currency }
  return { plans: known, paysIn: null }
}

type Priced = (tier: Plan['tier'], interval: Interval, list: Money) => Money | null

function inCurrency(plan: Plan, currency: string, priced: Priced): Plan | null {
  if (!plan.prices) return { ...plan, currency }
  const { month: byMonth, year: byYear } = plan.prices
  const [month, year] = [priced(plan.tier, 'month', byMonth), priced(plan.tier, 'year', byYear)]
  return month && year ? { ...plan, currency, prices: { month, year } } : null
}

/**
 * What is said at a subscriber's own plan, by the interval that they have: how many, an older
 * price, the next charge.
 */
export function ownNotes(billing: Billing, tier: Plan['tier']): Partial<Record<Interval, string>> {
  const { interval, price, quantity, plan, next } = billing
  if (!isLive(billing) || !interval || !price || plan !== tier) return {}
  const list = ALL_PLANS.find((each) => each.tier === tier)?.prices?.[interval]
  const each = price.amount / quantity
  const isOld = list?.currency !== price.currency || list.amount !== each
  const charge = next.kind === 'charge' && next.coming === null ? next.charge : null
  const notes = [
    ...(quantity > 1 ? [`${quantity} of it: ${formatMoney(price)} a ${interval}.`] : []),
    ...(isOld ? ['This is the price that you have.'] : []),
    // Discounts, credit and taxes: what is charged is Stripe's amount.
    ...(charge && charge.due !== price.amount
      ? [
          `Your next charge is ${formatMoney({ amount: charge.due, currency: charge.currency })}, on ${formatDay(charge.at)}.`,
        ]
      : []),
  ]
  return notes.length > 0 ? { [interval]: notes.join(' ') } : {}
}

/**
 * Whether Stripe has to be asked what the plans cost in the currency of this subscriber, where they
 * are bound to one.
 */
export function paysInAnother({ price, isOfGoneCustomer }: Billing): boolean {
  if (isOfGoneCustomer) return false
  return price !== null && ALL_PLANS.some((plan) => plan.currency !== price.currency)
}
