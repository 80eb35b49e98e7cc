import { Invalid } from '@/lib/errors'
import {
  type ChargeId,
  type CustomerId,
  isChargeId,
  isCustomerId,
  isPriceId,
  isProductId,
  type PriceId,
  type ProductId,
} from '@/lib/ids'

/** What is read again when it is dirty: a customer, or something that has none. */
export type Target =
  | { kind: 'customer'; id: CustomerId }
  | { kind: 'charge'; id: ChargeId }
  | { kind: 'price'; id: PriceId }
  | { kind: 'product'; id: ProductId }

/**
 * What a key of `sync_targets` stands for.
 * @throws {Invalid} nothing that we know how to read
 */
export function parseTarget(key: string): Target {
  if (isCustomerId(key)) return { kind: 'customer', id: key }
  if (isChargeId(key)) return { kind: 'charge', id: key }
  if (isPriceId(key)) return { kind: 'price', id: key }
  if (isProductId(key)) return { kind: 'product', id: key }
  throw new Invalid({ internal: `Nothing is known of a target called ${key}.` })
}

/**
 * What an event leads us to read: its customer; where it names none, its charge, its price or its
 * product. Null when it names nothing that we follow.
 */
export function targetOf(event: {
  customerId: CustomerId | null
  chargeId: ChargeId | null
  objectType: string | null
  objectId: string | null
}): string | null {
  const { customerId, chargeId, objectType, objectId } = event
  if (customerId) return customerId
  if (chargeId) return chargeId
  // Plans from before prices have ids of any form; the daily comparison covers those.
  if (objectType === 'price' && isPriceId(objectId)) return objectId
  if (objectType === 'product' && isProductId(objectId)) return objectId
  return null
}
