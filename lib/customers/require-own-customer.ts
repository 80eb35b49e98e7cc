import { findCustomerId } from '@/db/queries/customers'
import { type Actor, workspaceIdOf } from '@/lib/audit/actor'
import { NotFound } from '@/lib/errors'
import type { CustomerId } from '@/lib/ids'
import { whyGone } from './why-gone'

/**
 * The customer whose details the actor may change.
 * @throws {NotFound} the workspace has never bought anything
 * @throws {Gone} it had one, which was deleted at Stripe
 */
export async function requireOwnCustomer(actor: Actor): Promise<CustomerId> {
  const workspaceId = workspaceIdOf(actor)
  const customerId = await findCustomerId(workspaceId)
  if (!customerId) throw (await whyGone(workspaceId)) ?? new NotFound('no_billing')
  return customerId
}
