import { type ChargeId, type CustomerId, parseCustomerId } from '@/lib/ids'
import { callStripe } from './call'
import { idOf } from './read'

export type ChargeSnapshot = {
  id: ChargeId
  /** Null for a single payment without a customer. */
  customerId: CustomerId | null
  metadata: { app: string | null; env: string | null }
}

/** @throws {NotFound} Stripe does not have it */
export async function retrieveCharge(id: ChargeId): Promise<ChargeSnapshot> {
  const charge = await callStripe((stripe) => stripe.charges.retrieve(id))
  const customer = idOf(charge.customer)
  return {
    id,
    customerId: customer === null ? null : parseCustomerId(customer),
    metadata: { app: charge.metadata.app ?? null, env: charge.metadata.env ?? null },
  }
}

/** The newest charge of a customer, also one that failed; null where there was none. */
export async function latestChargeOf(customer: CustomerId): Promise<string | null> {
  const { data } = await callStripe((stripe) => stripe.charges.list({ customer, limit: 1 }))
  return data[0]?.id ?? null
}
