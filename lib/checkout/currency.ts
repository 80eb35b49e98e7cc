import { listSubscriptionsOf } from '@/db/queries/subscriptions'
import type { Choice } from '@/lib/catalog/parse-choice'
import { PLANS } from '@/lib/catalog/plans'
import { pricesIn } from '@/lib/catalog/prices-in'
import type { CustomerId } from '@/lib/ids'
import { countRead } from '@/lib/redis/person-reads'

/**
 * The currency that a customer is bound to by an earlier plan, where that is not the one of the list and the choice is
 * sold in it; null otherwise. Left to itself, Stripe opens a page in the price's own.
 */
export async function boundCurrency(
  customerId: CustomerId,
  { tier, interval }: Choice,
): Promise<string | null> {
  const rows = await listSubscriptionsOf(customerId)
  const [last] = rows.toSorted((a, b) => Number(b.stripeCreatedAt) - Number(a.stripeCreatedAt))
  const currency = last?.currency ?? null
  if (currency === null || currency === PLANS[tier].prices[interval].currency) return null
  countRead()
  return (await pricesIn(currency))[tier]?.[interval] ? currency : null
}
