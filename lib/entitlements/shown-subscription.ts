import { ACCESS_POLICY } from '@/lib/catalog/access-policy'
import type { CustomerId } from '@/lib/ids'
import type { Entitlement } from './entitlement'
import { type Candidate, governingSubscription } from './governing'

/**
 * The subscription that pages speak of, and in whose currency a customer pays: the one that access hangs on, and
 * without one that which governs. Null: there never was any.
 */
export function shownSubscription<S extends Candidate>(
  all: readonly S[],
  { subscriptionId }: Pick<Entitlement, 'subscriptionId'>,
  now: Date,
  policy = ACCESS_POLICY,
): S | null {
  return all.find(({ id }) => id === subscriptionId) ?? governingSubscription(all, now, policy)
}

/**
 * Whether it was bought by a customer who is gone at Stripe, and not by today's: its currency binds
 * no one any more.
 */
export function isOfGoneCustomer(
  shown: Pick<Candidate, 'customerId'>,
  today: CustomerId | null,
): boolean {
  return shown.customerId !== today
}
