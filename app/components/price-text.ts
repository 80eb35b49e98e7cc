import type { Choice } from '@/lib/catalog/parse-choice'
import type { Interval } from '@/lib/catalog/plans'
import { PLANS } from '@/lib/catalog/plans'
import { formatMoney, type Money } from '@/lib/money'

/** `$19 / month`, as a price list writes it. */
export function priceText(price: Money, interval: Interval): string {
  return `${formatMoney(price, 'en-US', { trim: true })} / ${interval}`
}

/** `Pro, $19 / month`. */
export function choiceText({ tier, interval }: Choice): string {
  const plan = PLANS[tier]
  return `${plan.name}, ${priceText(plan.prices[interval], interval)}`
}

/** What a year costs by the month, rounded down to the minor unit: 19000 a year is 1583 a month. */
export function monthlyOf(yearly: Money): Money {
  return { amount: Math.floor(yearly.amount / 12), currency: yearly.currency }
}
