import { testNumber } from '@/sandbox/objects/test-methods'
import type { Tx } from '@/sandbox/store/transaction'
import { attachTestMethodTo } from './attach-test-method'
import { named, ownMethod } from './references'

/**
 * The payment method that is to be charged: one of the customer's, an unattached one, or what a
 * ready-made id stands for.
 */
export function methodFor(tx: Tx, id: string, customer: string | null, param: string): string {
  if (testNumber(id) !== null) return attachTestMethodTo(tx, id, null)
  const method = named(tx, 'payment_method', id, param)
  if (method.customer === null) return id
  return ownMethod(tx, id, customer ?? '', param)
}
