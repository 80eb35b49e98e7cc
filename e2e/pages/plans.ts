import { ALL_PLANS, ENTRY_PLAN, TOP_PLAN } from '@/lib/catalog/plans'
import { formatMoney, type Money } from '@/lib/money'

/** The plans that the stories buy: whatever is sold, there is a smallest and a greatest one. */
export const SMALL = ENTRY_PLAN
export const GREAT = TOP_PLAN

export const PLAN_NAMES = ALL_PLANS.map(({ name }) => name)

/** `$19.00`, as it is written on a bill. */
export function onBill(price: Money): string {
  return formatMoney(price)
}

/** `$19`, as a price list writes it. */
export function onList(price: Money): string {
  return formatMoney(price, 'en-US', { trim: true })
}
