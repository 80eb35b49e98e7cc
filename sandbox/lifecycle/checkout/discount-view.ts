import type Stripe from 'stripe'
import { idOf, optionalId } from '@/sandbox/ids'
import { couponOf } from '@/sandbox/lifecycle/discount/coupon-of'
import { offWords } from '@/sandbox/lifecycle/discount/words'
import type { Tx } from '@/sandbox/store/transaction'
import type { CheckoutView } from './checkout-view'
import { inheritedBy } from './inherited'

/** What the session's discount takes off, in words; null when it has none. */
export function discountView(
  tx: Tx,
  session: Readonly<Stripe.Checkout.Session>,
  lines: Stripe.LineItem[],
): CheckoutView['discount'] {
  const coupon = couponIn(tx, session)
  if (!coupon) return null
  const code = optionalId(session.discounts?.[0]?.promotion_code)
  return {
    name: (code && tx.find('promotion_code', code)?.code) || coupon.name || coupon.id,
    amount: lines.reduce((sum, line) => sum + line.amount_discount, 0),
    words: `${offWords(coupon)} ${durationOf(coupon)}`,
  }
}

function couponIn(tx: Tx, session: Readonly<Stripe.Checkout.Session>) {
  const coupon = session.discounts?.[0]?.coupon
  if (coupon) return tx.find('coupon', idOf(coupon))
  const [inherited] = inheritedBy(tx, session)
  return inherited && couponOf(tx, inherited)
}

function durationOf({ duration, duration_in_months: months }: Stripe.Coupon): string {
  if (duration === 'forever') return 'every invoice'
  if (duration === 'repeating') return months === 1 ? 'for a month' : `for ${months} months`
  return 'the first invoice'
}
