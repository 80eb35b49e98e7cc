import { and, inArray, isNull } from 'drizzle-orm'
import { db } from '@/db/client'
import { subscriptions } from '@/db/schema/billing'
import type { CustomerId } from '@/lib/ids'

/** Somebody's living subscription to a price, and what our books make of it. */
export type Holder = { customerId: CustomerId; priceId: string; tier: string | null }

/** Who lives on one of these prices. */
export async function listHolders(priceIds: string[]): Promise<Holder[]> {
  if (priceIds.length === 0) return []
  const rows = await db()
    .select({
      customerId: subscriptions.customerId,
      priceId: subscriptions.priceId,
      tier: subscriptions.tier,
    })
    .from(subscriptions)
    .where(and(inArray(subscriptions.priceId, priceIds), isNull(subscriptions.endedAt)))
  return rows.flatMap(({ priceId, ...row }) => (priceId === null ? [] : [{ ...row, priceId }]))
}
