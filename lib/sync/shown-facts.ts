import type { Claim } from '@/db/queries/claim'
import type { Fact } from '@/db/queries/ledger'
import type { Actor } from '@/lib/audit/actor'
import { duplicatesOf } from '@/lib/entitlements/duplicates'
import type { CustomerId } from '@/lib/ids'
import type { MirrorRow } from './mirror'

/**
 * What no event reports and a read of Stripe shows: that a customer has a second living subscription.
 * It is news when our records did not show it; its key makes it one fact, however often it is seen.
 */
export function shownFacts(
  claim: Claim,
  current: readonly MirrorRow[],
  { actor, customerId }: { actor: Actor; customerId: CustomerId },
): Fact[] {
  // Rows from before the customer was linked to a workspace were not reported.
  const before = claim.entitlement ? duplicatesOf(claim.subscriptions).map(({ id }) => id) : []
  const eventIds = claim.events.map(({ id }) => id)
  return duplicatesOf(current).flatMap(({ id }) =>
    before.includes(id)
      ? []
      : [
          {
            key: `${DUPLICATE}:${id}`,
            kind: DUPLICATE,
            objectId: id,
            customerId,
            eventId: null,
            shownTo: { actor, eventIds },
          },
        ],
  )
}

const DUPLICATE = 'subscription.duplicate'
