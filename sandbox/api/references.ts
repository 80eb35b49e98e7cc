import { ApiError } from '@/sandbox/http/api-error'
import type { Kind, Records } from '@/sandbox/store/records'
import type { Tx } from '@/sandbox/store/transaction'

/** The object that a parameter names; a 400 that says which parameter when there is none. */
export function named<K extends Kind>(
  tx: Tx,
  kind: K,
  id: string,
  param: string,
): Readonly<Records[K]> {
  const found = tx.find(kind, id)
  if (found) return found
  throw ApiError.unknownReference(kind, id, param)
}

/** A payment method that belongs to the customer. */
export function ownMethod(tx: Tx, id: string, customer: string, param: string): string {
  const method = named(tx, 'payment_method', id, param)
  if (method.customer === customer) return id
  throw ApiError.invalid(
    `The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`,
    param,
    'resource_missing',
  )
}
