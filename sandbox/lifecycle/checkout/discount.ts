import type Stripe from 'stripe'
import { idOf, optionalId } from '@/sandbox/ids'
import type { Grant } from '@/sandbox/lifecycle/discount/grant'
import { lineItemsOf } from '@/sandbox/objects/line-item'
import type { Tx } from '@/sandbox/store/transaction'
import { trialEndOf } from './trial-end'

/** The coupon that a session's buyer gets when it is paid; null when there is none. */
export function grantOfSession(tx: Tx, session: Readonly<Stripe.Checkout.Session>): Grant | null {
  const [discount] = session.discounts ?? []
  if (!discount?.coupon || !tx.find('coupon', idOf(discount.coupon))) return null
  return { coupon: idOf(discount.coupon), promotionCode: optionalId(discount.promotion_code) }
}

/** Writes a session's discount, and what that makes of its amounts. */
export function discountSession(tx: Tx, id: string, grant: Grant | null) {
  const session = tx.edit('checkout.session', id)
  session.discounts = grant ? [{ coupon: grant.coupon, promotion_code: grant.promotionCode }] : []
  const lines = lineItemsOf(tx, id)
  const free = trialEndOf(tx.get('checkout_terms', id), tx.now) !== null
  const off = free ? 0 : lines.reduce((sum, line) => sum + line.amount_discount, 0)
  session.amount_total = (session.amount_subtotal ?? 0) - off
  session.total_details = { amount_discount: off, amount_shipping: 0, amount_tax: 0 }
}
