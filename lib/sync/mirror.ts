import type { SubscriptionRow } from '@/db/queries/claim'
import type { Change } from '@/db/queries/ledger'
import { INTERVALS } from '@/lib/catalog/plans'
import { type ConfiguredPrices, tierForPrice } from '@/lib/catalog/tier-for-price'
import { tierRank } from '@/lib/entitlements/governing'
import type { SubscriptionItemSnapshot, SubscriptionSnapshot } from '@/lib/stripe/subscriptions'

export type MirrorRow = Change['subscriptions'][number]

/**
 * What we keep of one subscription as Stripe shows it now. `previous` is our row of it:
 * the one thing Stripe does not tell is since when a subscription has been past due.
 */
export function mirrorOf(
  snapshot: SubscriptionSnapshot,
  previous: SubscriptionRow | undefined,
  prices: ConfiguredPrices,
): MirrorRow {
  const item = planItem(snapshot.items, prices)
  return {
    id: snapshot.id,
    customerId: snapshot.customerId,
    status: snapshot.status,
    tier: item ? tierOf(item, prices) : null,
    interval: INTERVALS.find((interval) => interval === item?.interval) ?? null,
    priceId: item?.priceId ?? null,
    unitAmount: item?.unitAmount ?? null,
    currency: item?.currency ?? null,
    quantity: item?.quantity ?? null,
    currentPeriodStart: widest(snapshot.items, 'currentPeriodStart', Math.min),
    currentPeriodEnd: widest(snapshot.items, 'currentPeriodEnd', Math.max),
    cancelAt: snapshot.cancelAt,
    cancelAtPeriodEnd: snapshot.cancelAtPeriodEnd,
    canceledAt: snapshot.canceledAt,
    endedAt: snapshot.endedAt,
    trialEnd: snapshot.trialEnd,
    pastDueSince: pastDueSince(snapshot, previous),
    stripeCreatedAt: snapshot.created,
  }
}

// The item with the best plan, wherever it stands: add-ons share the list and its order means nothing.
function planItem(items: SubscriptionItemSnapshot[], prices: ConfiguredPrices) {
  const best = items.toSorted(
    (a, b) => tierRank(tierOf(b, prices)) - tierRank(tierOf(a, prices)) || (a.id < b.id ? -1 : 1),
  )
  return best[0]
}

function tierOf(item: SubscriptionItemSnapshot, prices: ConfiguredPrices) {
  return tierForPrice({ ...item, id: item.priceId }, prices)
}

// Kept from the first failure on: a second unpaid invoice must not start grace again.
function pastDueSince(snapshot: SubscriptionSnapshot, previous: SubscriptionRow | undefined) {
  if (snapshot.status !== 'past_due') return null
  const first = previous?.status === 'past_due' ? previous.pastDueSince : null
  return (
    first ?? dueAt(snapshot.latestInvoice) ?? widest(snapshot.items, 'currentPeriodStart', Math.min)
  )
}

// A card is charged when the invoice is finalised; an invoice that was sent gives its days first.
function dueAt(invoice: SubscriptionSnapshot['latestInvoice']): Date | null {
  const instants = [invoice?.finalizedAt, invoice?.dueDate].flatMap((instant) => instant ?? [])
  return instants.length > 0 ? new Date(Math.max(...instants.map(Number))) : null
}

function widest(
  items: SubscriptionItemSnapshot[],
  bound: 'currentPeriodStart' | 'currentPeriodEnd',
  pick: (...values: number[]) => number,
): Date | null {
  return items.length > 0 ? new Date(pick(...items.map((item) => item[bound].getTime()))) : null
}
