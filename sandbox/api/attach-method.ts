import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import type { Tx } from '@/sandbox/store/transaction'
import { attachTestMethod } from './attach-test-method'
import { named } from './references'

/**
 * Attaches a payment method, or the card that a ready-made id stands for, to a customer. Throws
 * ApiError 402 when the card refuses to be saved.
 */
export function attachMethod(tx: Tx, id: string, customer: string): Readonly<Stripe.PaymentMethod> {
  const testMethod = attachTestMethod(tx, id, customer)
  if (testMethod) return testMethod
  named(tx, 'payment_method', id, 'payment_method')
  const method = tx.edit('payment_method', id)
  if (method.customer !== null && method.customer !== customer) {
    throw ApiError.invalid(
      'The payment method you provided has already been attached to a customer.',
      undefined,
      'payment_method_already_attached',
    )
  }
  method.customer = customer
  tx.emit('payment_method.attached', 'payment_method', id)
  return method
}
