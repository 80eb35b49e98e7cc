import { findCustomerId } from '@/db/queries/customers'
import { type Actor, workspaceIdOf } from '@/lib/audit/actor'
import { whyGone } from '@/lib/customers/why-gone'
import { NotFound } from '@/lib/errors'
import type { CustomerId } from '@/lib/ids'

/**
 * The customer of the workspace that the actor acts for: from our records, and never from a browser.
 * @throws {NotFound} the workspace has never bought anything
 */
export async function requireOwnCustomer(actor: Actor): Promise<CustomerId> {
  const workspaceId = workspaceIdOf(actor)
  const customerId = await findCustomerId(workspaceId)
  if (customerId) return customerId
  throw (await whyGone(workspaceId)) ?? new NotFound('no_billing')
}

/** Whether the actor's workspace has ever bought anything, so that there is something to charge. */
export async function hasOwnCustomer(actor: Actor): Promise<boolean> {
  return (await findCustomerId(workspaceIdOf(actor))) !== null
}
