import type Stripe from 'stripe'
import type { Grant } from '@/sandbox/lifecycle/discount/grant'
import { endDiscount, redeem } from '@/sandbox/lifecycle/discount/redeem'
import type { Tx } from '@/sandbox/store/transaction'

/** Gives a customer a discount on whatever has none of its own, in place of the one before. */
export function discountCustomer(tx: Tx, id: string, grant: Grant): Readonly<Stripe.Discount> {
  const customer = tx.edit('customer', id)
  if (customer.discount) endDiscount(tx, customer.discount.id)
  const discount = redeem(tx, { customer: id }, grant)
  customer.discount = structuredClone(discount)
  tx.emit('customer.updated', 'customer', id)
  return discount
}

/** Takes a customer's discount away, and returns it; null when there is none. */
export function stopDiscount(tx: Tx, id: string): Readonly<Stripe.Discount> | null {
  const { discount } = tx.get('customer', id)
  if (!discount) return null
  endDiscount(tx, discount.id)
  tx.emit('customer.updated', 'customer', id)
  return tx.get('discount', discount.id)
}
