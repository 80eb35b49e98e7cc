import type { Claim } from '@/db/queries/claim'
import type { Fact } from '@/db/queries/ledger'
import type { Actor } from '@/lib/audit/actor'
import { duplicatesOf } from '@/lib/entitlements/duplicates'
import type { CustomerId } from '@/lib/ids'
import type { MirrorRow } from './mirror'

/**
 * What no event tells and a read of Stripe shows: that a customer has a second living subscription.
 * It is news when our records did not show it; its key makes it one fact, whoever sees it how often.
 */
export function shownFacts(
  claim: Claim,
  standing: readonly MirrorRow[],
  { actor, customerId }: { actor: Actor; customerId: CustomerId },
): Fact[] {
  // Rows from before somebody was found to be behind the customer were told to nobody.
  const before = claim.entitlement ? duplicatesOf(claim.subscriptions).map(({ id }) => id) : []
  const eventIds = claim.events.map(({ id }) => id)
  return duplicatesOf(standing).flatMap(({ id }) =>
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
