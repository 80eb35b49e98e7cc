import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import { discountAmounts } from '@/sandbox/lifecycle/discount/amounts'
import { couponOf } from '@/sandbox/lifecycle/discount/coupon-of'
import { later } from '@/sandbox/lifecycle/periods'
import { isMetered } from '@/sandbox/lifecycle/price/cost'
import { recurring } from '@/sandbox/lifecycle/price/recurring'
import { sessionDiscounts } from '@/sandbox/objects/session-discounts'
import type { Tx } from '@/sandbox/store/transaction'
import type { CheckoutView } from './checkout-view'

const INTERVALS = ['day', 'week', 'month', 'year'] as const

/**
 * What is charged after today by a session that is paid now: first with what its discount takes
 * off, then without. Null when nothing recurs.
 */
export function laterCharges(
  tx: Tx,
  session: string,
  lines: readonly Stripe.LineItem[],
  trialEnd: number | null,
): CheckoutView['recurring'] {
  const first = lines.find(({ price }) => price?.recurring)?.price
  if (!first) return null
  const every = recurring(first)
  const interval = INTERVALS.find((word) => word === every.interval) ?? 'month'
  // A price with another billing interval is shown beside its own line.
  const together = lines.filter(({ price }) => price && sameInterval(price, first))
  const entries = together
    .filter(({ price }) => price && !isMetered(price))
    .map((line) => ({
      amount: line.amount_subtotal,
      product: line.price ? idOf(line.price.product) : '',
    }))
  const full = entries.reduce((sum, { amount }) => sum + amount, 0)
  const uses = together.some(({ price }) => price && isMetered(price))
  const billed = { interval, count: every.interval_count, uses }
  const [discount] = sessionDiscounts(tx, session)
  if (!discount) return { ...billed, amount: full, reduced: null }
  const off = discountAmounts(tx, [discount], entries).flat()
  const amount = full - off.reduce((sum, taken) => sum + taken, 0)
  const { duration } = couponOf(tx, discount)
  if (duration === 'forever') return { ...billed, amount, reduced: null }
  const nth = (count: number) => later(trialEnd ?? tx.now, every, count)
  // A coupon for one invoice waits for the first that asks for something.
  const isOff = (count: number) =>
    duration === 'once' ? count === 0 : discount.end !== null && discount.end > nth(count)
  let until = trialEnd === null ? 1 : 0
  if (!isOff(until)) return { ...billed, amount: full, reduced: null }
  while (isOff(until)) until += 1
  return { ...billed, amount: full, reduced: { amount, until: nth(until) } }
}

function sameInterval(a: Readonly<Stripe.Price>, b: Readonly<Stripe.Price>): boolean {
  return (
    a.recurring?.interval === b.recurring?.interval &&
    a.recurring?.interval_count === b.recurring?.interval_count
  )
}
