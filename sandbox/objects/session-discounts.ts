import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import { inheritedBy } from '@/sandbox/lifecycle/checkout/inherited'
import type { Tx } from '@/sandbox/store/transaction'
import { newDiscount } from './discount'

/** The discount that a session has, as it would be if it were paid now, or that its customer has. */
export function sessionDiscounts(tx: Tx, id: string): readonly Readonly<Stripe.Discount>[] {
  const session = tx.find('checkout.session', id)
  const [discount] = session?.discounts ?? []
  if (!discount?.coupon) return session ? inheritedBy(tx, session) : []
  const coupon = tx.find('coupon', idOf(discount.coupon))
  return coupon ? [newDiscount(tx.now, coupon, { checkout_session: id })] : []
}
