import { findNewestCustomer } from '@/db/queries/customers'
import { Gone } from '@/lib/errors'
import type { UserId } from '@/lib/ids'

/**
 * What became of the billing account that a user had: it was deleted at Stripe, or Stripe says that it
 * never had it. Null for a user who has one that is well, or never had any.
 */
export async function whyGone(userId: UserId): Promise<Gone | null> {
  const customer = await findNewestCustomer(userId)
  if (customer?.deletedAt) return new Gone('customer_deleted')
  if (customer?.missingAt) return new Gone('customer_missing')
  return null
}
