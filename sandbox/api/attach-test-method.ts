import type Stripe from 'stripe'
import { saveCard } from '@/sandbox/lifecycle/save-card'
import { newMethod } from '@/sandbox/objects/payment-method'
import { behaviorOf } from '@/sandbox/objects/test-cards'
import { testNumber } from '@/sandbox/objects/test-methods'
import type { Tx } from '@/sandbox/store/transaction'
import { cardRefused } from './card-refused'

/**
 * Attaches the card that an id such as `pm_card_visa` stands for, made anew each time; null for
 * other ids. Throws ApiError 402 when it refuses to be saved.
 */
export function attachTestMethod(
  tx: Tx,
  id: string,
  customer: string,
): Readonly<Stripe.PaymentMethod> | null {
  const number = testNumber(id)
  if (number === null) return null
  const { onAttach } = behaviorOf(number)
  if (onAttach) throw cardRefused(onAttach)
  const method = attachTestMethodTo(tx, id, customer)
  tx.emit('payment_method.attached', 'payment_method', method)
  return tx.get('payment_method', method)
}

/** Makes the payment method that a ready-made id stands for, for a customer or without one. */
export function attachTestMethodTo(tx: Tx, id: string, customer: string | null): string {
  const number = testNumber(id) ?? ''
  const year = new Date(tx.now * 1000).getUTCFullYear() + 1
  const form = { number, expMonth: 12, expYear: year, cvc: '123', name: '' }
  return saveCard(tx, customer, newMethod(tx.now, form), behaviorOf(number))
}
