import type { SubscriptionRow } from '@/db/queries/claim'
import type { Change } from '@/db/queries/ledger'
import { ACCESS_POLICY, type AccessPolicy } from '@/lib/catalog/access-policy'
import { FREE } from '@/lib/catalog/plans'
import { type ConfiguredPrices, tierForPrice } from '@/lib/catalog/tier-for-price'
import { tierRank } from '@/lib/entitlements/governing'
import { paymentOf } from '@/lib/entitlements/payment-of'
import { recordedInterval } from '@/lib/interval-words'
import type { Payment } from '@/lib/payment'
import type { BilledInvoice } from '@/lib/stripe/billed-invoice'
import type { SubscriptionItemSnapshot } from '@/lib/stripe/subscription-item'
import type { SubscriptionSnapshot } from '@/lib/stripe/subscriptions'

export type MirrorRow = Change['subscriptions'][number]

/** `now`: business time. */
export type MirrorContext = { prices: ConfiguredPrices; now: Date; policy?: AccessPolicy }

/**
 * What we keep of one subscription as Stripe shows it now. `previous` is our row of it:
 * the one thing Stripe does not show is since when a subscription has been past due.
 */
export function mirrorOf(
  snapshot: SubscriptionSnapshot,
  previous: SubscriptionRow | undefined,
  { prices, now, policy = ACCESS_POLICY }: MirrorContext,
): MirrorRow {
  const item = planItem(snapshot.items, prices)
  const tier = planOf(snapshot.items, item, prices)
  const payment = payments(snapshot, prices, policy)
  return {
    id: snapshot.id,
    customerId: snapshot.customerId,
    status: snapshot.status,
    tier,
    interval: intervalOf(item),
    priceId: item?.priceId ?? null,
    unitAmount: item?.unitAmount ?? null,
    currency: item?.currency ?? null,
    quantity: item?.quantity ?? null,
    currentPeriodStart: item?.currentPeriodStart ?? null,
    currentPeriodEnd: item?.currentPeriodEnd ?? null,
    cancelAt: snapshot.cancelAt,
    cancelAtPeriodEnd: snapshot.cancelAtPeriodEnd,
    canceledAt: snapshot.canceledAt,
    endedAt: snapshot.endedAt,
    trialEnd: snapshot.trialEnd,
    pastDueSince: pastDueSince(snapshot, payment, previous, now),
    ...payment,
    collectionPaused: snapshot.pauseCollection !== null,
    collectionResumesAt: snapshot.pauseCollection?.resumesAt ?? null,
    stripeCreatedAt: snapshot.created,
  }
}

// The item with the best plan, wherever it stands: add-ons share the list and its order means nothing.
// One with a quantity of none is for nothing, whatever its price.
function planItem(items: SubscriptionItemSnapshot[], prices: ConfiguredPrices) {
  const best = items.toSorted(
    (a, b) =>
      Number(b.quantity !== 0) - Number(a.quantity !== 0) ||
      tierRank(tierOf(b, prices)) - tierRank(tierOf(a, prices)) ||
      (a.id < b.id ? -1 : 1),
  )
  return best[0]
}

// One that is not sold here is kept with its count, such as `3 month`: it is none of ours, and is
// not taken for a month.
function intervalOf(item: SubscriptionItemSnapshot | undefined): string | null {
  if (!item?.interval || item.interval === 'unknown') return null
  return recordedInterval(item.interval, item.intervalCount ?? 1)
}

// Nothing bought is free; an unknown price is not.
function planOf(
  items: SubscriptionItemSnapshot[],
  item: SubscriptionItemSnapshot | undefined,
  prices: ConfiguredPrices,
): string | null {
  if (!item) return null
  return items.every(({ quantity }) => quantity === 0) ? FREE.tier : tierOf(item, prices)
}

function tierOf(item: SubscriptionItemSnapshot, prices: ConfiguredPrices) {
  return tierForPrice({ ...item, id: item.priceId }, prices)
}

// Only where the status leaves it to the money; a trial is given, whatever was owed before it.
function payments(
  { status, invoices, items, formerPrices, trialEnd }: SubscriptionSnapshot,
  prices: ConfiguredPrices,
  policy: AccessPolicy,
): Payment {
  const labels = [...items.map((item) => ({ ...item, id: item.priceId })), ...formerPrices]
  const tierOfPrice = (priceId: string) => {
    const price = labels.find(({ id }) => id === priceId)
    return price ? tierForPrice(price, prices) : null
  }
  const billed = { invoices: status === 'trialing' ? [] : invoices, trialEnd, tierOfPrice }
  const payment = paymentOf(billed, policy)
  const decides = status === 'active' || status === 'past_due'
  return decides ? payment : { ...payment, changeUnpaid: false, coveredTier: null }
}

// Of the invoice that is missing: kept from its first failure on, so that neither another one nor
// another attempt at it starts grace again.
function pastDueSince(
  { status, invoices, items }: SubscriptionSnapshot,
  { owes, owedSince }: Payment,
  previous: SubscriptionRow | undefined,
  now: Date,
): Date | null {
  if (status !== 'past_due' && (status !== 'active' || owes === null)) return null
  const same = previous?.owedSince?.getTime() === owedSince?.getTime()
  if (same && previous?.pastDueSince) return previous.pastDueSince
  if (status === 'active') return null
  const [latest] = invoices
  const missing = invoices.find((each) => isSince(each, owedSince))
  // A bank debit that was on its way came back: its invoice is days old, and the news is not.
  if (previous?.status === 'active' && previous.payment === 'open' && same && missing === latest)
    return now
  const open = invoices.findLast((each) => each.status === 'open')
  return dueAt(missing ?? open ?? latest) ?? missing?.created ?? planStart(items)
}

function isSince({ reason, finalizedAt, created }: BilledInvoice, owedSince: Date | null): boolean {
  const since = finalizedAt ?? created
  return reason !== 'change' && owedSince !== null && since.getTime() === owedSince.getTime()
}

// A card is charged when the invoice is finalized; an invoice that was sent gives its days first.
function dueAt(invoice: BilledInvoice | undefined): Date | null {
  const instants = [invoice?.finalizedAt, invoice?.dueDate].flatMap((instant) => instant ?? [])
  return instants.length > 0 ? new Date(Math.max(...instants.map(Number))) : null
}

function planStart(items: SubscriptionItemSnapshot[]): Date | null {
  const starts = items.map(({ currentPeriodStart }) => currentPeriodStart.getTime())
  return starts.length > 0 ? new Date(Math.min(...starts)) : null
}
