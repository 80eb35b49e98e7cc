import type { RevenueNews } from '@/db/queries/ledger'
import type { PaidTier } from '@/lib/catalog/plans'
import { type ConfiguredPrices, tierForPrice } from '@/lib/catalog/tier-for-price'
import { tierRank } from '@/lib/entitlements/governing'
import { isTerminal } from '@/lib/status'
import type { SubscriptionItemSnapshot } from '@/lib/stripe/subscription-item'
import type { SubscriptionShape } from '@/lib/stripe/subscriptions'
import { type KnownTerms, monthlyPrice, monthlyValue, monthsOf } from './monthly-value'

export type Moment = RevenueNews['moments'][number]

type Shown = {
  at: Date
  shape: SubscriptionShape
  before: SubscriptionShape | null
  endedBy: string | null
}

type Named = {
  key: string
  source: Moment['source']
  terms: KnownTerms
  prices: ConfiguredPrices
  /** The tiers that our records have of prices: what Stripe shows of an earlier one may no longer say it. */
  known?: ReadonlyMap<string, PaidTier>
}

/** What a subscription was worth from an instant on, from what Stripe showed of it then. */
export function momentOf(
  { at, shape: shown, before, endedBy }: Shown,
  { key, source, terms, prices, known }: Named,
): Moment {
  const tierOf = (each: SubscriptionItemSnapshot) =>
    tierForPrice({ ...each, id: each.priceId }, prices) ?? known?.get(each.priceId) ?? null
  const item = planItem(shown.items, tierOf)
  // The plan first: what is taken off an invoice is spread over its months.
  const items = item ? [item, ...shown.items.filter((each) => each !== item)] : []
  const shape = { ...shown, items }
  const over = isTerminal(shape.status)
  const renewsAt = item ? renewalOf(shape, item.currentPeriodEnd) : null
  return {
    key,
    subscriptionId: shape.id,
    customerId: shape.customerId,
    at,
    source,
    state: stateOf(shape),
    before: before && stateOf(before),
    status: shape.status,
    plan: item ? (tierOf(item) ?? item.priceId) : null,
    currency: item?.currency ?? null,
    mrr: monthlyValue(shape, at, terms),
    later: endsOf(shape, at, terms).map((end) => ({
      at: end.toISOString(),
      mrr: monthlyValue(shape, end, terms),
    })),
    renewsAt,
    renewsAmount:
      item && renewsAt ? Math.round(monthlyPrice(shape, renewsAt, terms) * monthsOf(item)) : null,
    endedBy: over ? endedBy : null,
  }
}

// What was free until its end is charged at its end.
const RENEWING: ReadonlySet<SubscriptionShape['status']> = new Set([
  'active',
  'trialing',
  'past_due',
])

// Stripe makes no invoice, or none that it collects, of what is paused, never began, or is unpaid.
function renewalOf(shape: SubscriptionShape, periodEnd: Date): Date | null {
  const { status, pauseCollection } = shape
  if (!RENEWING.has(status) || isToEnd(shape)) return null
  if (!pauseCollection) return periodEnd
  const { resumesAt } = pauseCollection
  return resumesAt !== null && resumesAt <= periodEnd ? periodEnd : null
}

/** All that counts here, as text: two that are the same are worth the same. */
function stateOf(shape: SubscriptionShape): string {
  const items = shape.items
    .map(({ id, priceId, quantity, currentPeriodEnd }) => [
      id,
      priceId,
      quantity,
      currentPeriodEnd.getTime() / 1000,
    ])
    .sort()
  const discounts = shape.discounts.map(({ id }) => id)
  const { pauseCollection } = shape
  const paused = pauseCollection && (pauseCollection.resumesAt?.getTime() ?? true)
  const flags = [paused ?? false, isToEnd(shape)]
  return JSON.stringify([shape.status, items, discounts, ...flags])
}

function isToEnd({ cancelAt, cancelAtPeriodEnd }: SubscriptionShape): boolean {
  return cancelAt !== null || cancelAtPeriodEnd
}

// From when on a discount that repeats is none any more.
function endsOf({ discounts }: SubscriptionShape, at: Date, terms: KnownTerms): Date[] {
  const ends = discounts.flatMap(({ id, terms: shown }) => {
    const { duration, end } = shown ?? terms.get(id) ?? { duration: 'once', end: null }
    return duration !== 'once' && end !== null && end > at ? [end] : []
  })
  return ends.sort((a, b) => a.getTime() - b.getTime())
}

// The best plan of its items names it, wherever that stands: add-ons share the list.
function planItem(
  items: readonly SubscriptionItemSnapshot[],
  tierOf: (item: SubscriptionItemSnapshot) => PaidTier | null,
) {
  return items.toSorted(
    (a, b) => tierRank(tierOf(b)) - tierRank(tierOf(a)) || (a.id < b.id ? -1 : 1),
  )[0]
}
