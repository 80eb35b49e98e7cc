import { findBilling } from '@/db/queries/billing'
import type { Choice } from '@/lib/catalog/parse-choice'
import { PLANS } from '@/lib/catalog/plans'
import { pricesIn } from '@/lib/catalog/prices-in'
import { currentEntitlement } from '@/lib/entitlements/current'
import { isOfGoneCustomer, shownSubscription } from '@/lib/entitlements/shown-subscription'
import type { CustomerId, WorkspaceId } from '@/lib/ids'
import { countRead } from '@/lib/redis/person-reads'
import { productionPorts } from '@/lib/sync/production-ports'

/**
 * The currency that a customer is bound to by an earlier plan, where that is not the one of the list and the choice is
 * sold in it; null otherwise. It is that in which pages show them the plans. Left to itself, Stripe opens a page in the
 * price's own.
 */
export async function boundCurrency(
  workspaceId: WorkspaceId,
  customerId: CustomerId,
  { tier, interval }: Choice,
): Promise<string | null> {
  const now = await productionPorts().clock.now()
  const rows = await findBilling(workspaceId, now)
  const shown = shownSubscription(rows.subscriptions, currentEntitlement(rows, now), now)
  if (!shown || isOfGoneCustomer(shown, customerId)) return null
  const { currency } = shown
  if (currency === null || currency === PLANS[tier].prices[interval].currency) return null
  countRead()
  return (await pricesIn(currency))[tier]?.[interval] ? currency : null
}
