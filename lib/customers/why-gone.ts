import { findNewestCustomer } from '@/db/queries/customers'
import { Gone } from '@/lib/errors'
import type { WorkspaceId } from '@/lib/ids'

/**
 * What became of the billing account that a workspace had: it was deleted at Stripe, or Stripe says that it
 * never had it. Null for a workspace that has one that is well, or never had any.
 */
export async function whyGone(workspaceId: WorkspaceId): Promise<Gone | null> {
  const customer = await findNewestCustomer(workspaceId)
  if (customer?.deletedAt) return new Gone('customer_deleted')
  if (customer?.missingAt) return new Gone('customer_missing')
  return null
}
