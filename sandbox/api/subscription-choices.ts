import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { periodFrom } from '@/sandbox/lifecycle/periods'
import { isSoldIn } from '@/sandbox/lifecycle/price/cost'
import { recurring } from '@/sandbox/lifecycle/price/recurring'
import type { Tx } from '@/sandbox/store/transaction'

interface Chosen {
  price: string
}

/**
 * The currency of a subscription: the one that is asked for, or the customer's where all prices
 * have it, or the first price's.
 */
export function currencyOf(
  tx: Tx,
  asked: string | undefined,
  customer: Readonly<Stripe.Customer>,
  items: readonly Chosen[],
): string | undefined {
  const prices = items.map(({ price }) => tx.get('price', price))
  const all = (currency: string) => prices.every((price) => isSoldIn(price, currency))
  const usual = customer.currency
  const currency = asked ?? (usual && all(usual) ? usual : prices[0]?.currency)
  if (currency === undefined || all(currency)) return currency
  throw ApiError.invalid(
    `All prices of a subscription must have the currency ${currency}.`,
    asked === undefined ? 'items' : 'currency',
  )
}

/** The first day of whole periods, when one is asked for: it lies ahead, and no further than one of them. */
export function anchorOf(
  now: number,
  asked: number | undefined,
  items: readonly Chosen[],
  priceOf: (id: string) => Readonly<Stripe.Price>,
): number | null {
  if (asked === undefined) return null
  const furthest = Math.min(
    ...items.map(({ price }) => periodFrom(now, now, recurring(priceOf(price))).end),
  )
  if (asked > now && asked <= furthest) return asked
  throw ApiError.invalid(
    asked > now
      ? `billing_cycle_anchor cannot be later than next natural billing date (${furthest}) for plan`
      : 'billing_cycle_anchor cannot be in the past',
    'billing_cycle_anchor',
  )
}
