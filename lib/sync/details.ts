import type { PendingEvent } from '@/db/queries/claim'
import type { Change } from '@/db/queries/ledger'
import { FOLLOW_STRIPE } from '@/lib/catalog/follow-stripe'
import type { CustomerId } from '@/lib/ids'

/** `outbox.kind` of a change of a customer's details at Stripe, which its user may have to follow. */
export const FROM_STRIPE = 'details.from_stripe'

/** One for each event that says that a customer changed; none where the catalog follows nothing. */
export function detailsOf(
  events: readonly PendingEvent[],
  customerId: CustomerId,
): Change['outbox'] {
  if (!FOLLOW_STRIPE.email && !FOLLOW_STRIPE.name) return []
  return events
    .filter(({ type }) => type === 'customer.updated')
    .map(({ id: eventId }) => ({
      key: `${FROM_STRIPE}:${eventId}`,
      kind: FROM_STRIPE,
      payload: { customerId, eventId },
    }))
}
