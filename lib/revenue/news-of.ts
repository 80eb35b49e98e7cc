import type { Claim, SubscriptionRow } from '@/db/queries/claim'
import type { RevenueNews, Unread } from '@/db/queries/ledger'
import { isPaidTier } from '@/lib/catalog/plans'
import type { ConfiguredPrices } from '@/lib/catalog/tier-for-price'
import type { SubscriptionId } from '@/lib/ids'
import { failureText, log } from '@/lib/log'
import { shownInvoice } from '@/lib/stripe/invoice-event'
import { shownSubscription } from '@/lib/stripe/subscription-event'
import type { SubscriptionShape } from '@/lib/stripe/subscriptions'
import { momentOf } from './moment-of'
import type { KnownTerms } from './monthly-value'
import { goneOf, readingsOf } from './readings-of'

type Seen = {
  subscriptions: readonly SubscriptionShape[]
  /** Those of them that differ from our records. */
  moved: readonly SubscriptionId[]
  /** Our rows of those that Stripe does not show any more: they were deleted with their customer. */
  vanished: readonly SubscriptionRow[]
}
type Context = { prices: ConfiguredPrices; now: Date }

/**
 * What the waiting events of a customer, and the read that they led to, say about recurring revenue. A body is
 * history here and never state: each says what was true at Stripe's own instant of it, so that neither the order of
 * arrival nor a second arrival makes a difference. It never throws: access is written in the same commit, and must not
 * hang on what cannot be counted. That is left out, logged, and kept for an operator.
 */
export function newsOf(claim: Claim, seen: Seen, context: Context): RevenueNews {
  try {
    return gathered(claim, seen, context)
  } catch (error) {
    const sources = [...claim.events.filter(isAboutRevenue).map(({ id }) => id), ...seen.moved]
    const unread = sources.map((source) => leftOut(source, whyOf(error)))
    return { moments: [], readings: [], invoices: [], unread }
  }
}

function gathered(
  claim: Claim,
  { subscriptions, moved, vanished }: Seen,
  context: Context,
): RevenueNews {
  const terms: KnownTerms = new Map(
    subscriptions.flatMap(({ discounts }) =>
      discounts.flatMap((each) => (each.terms ? [[each.id, each.terms]] : [])),
    ),
  )
  const items = subscriptions.flatMap((each) => each.items)
  const tiers = new Map(items.map((each) => [each.productId, each.productMetadataTier]))
  const known = new Map(
    claim.subscriptions.flatMap(({ priceId, tier }) =>
      priceId && tier && isPaidTier(tier) ? [[priceId, tier]] : [],
    ),
  )
  // Another application may sell to the same customer.
  const ours = new Set([...subscriptions, ...claim.subscriptions].map(({ id }) => id))
  const bodies = claim.events.flatMap(({ id, type, payload }) =>
    payload ? [{ key: id, type, payload }] : [],
  )
  const unread: Unread[] = []
  // What one body or one subscription says; nothing where it cannot be read, or has no number or instant for its sum.
  function counted<Row extends object>(source: Unread['source'], read: () => Row[]): Row[] {
    try {
      const rows = read()
      if (!rows.every(isSound)) unread.push(leftOut(source, 'a number or an instant is none'))
      return rows.filter(isSound)
    } catch (error) {
      unread.push(leftOut(source, whyOf(error)))
      return []
    }
  }
  const moments = bodies
    .filter(({ type }) => type.startsWith('customer.subscription.'))
    .flatMap(({ key, payload }) =>
      counted(key, () => {
        const shown = shownSubscription(payload, tiers)
        if (!shown || !ours.has(shown.shape.id)) return []
        return [momentOf(shown, { key, source: 'event', terms, known, ...context })]
      }),
    )
  // A read that shows nothing new is no news.
  const asked = new Set([...moved, ...moments.map(({ subscriptionId }) => subscriptionId)])
  return {
    moments,
    readings: [
      ...subscriptions
        .filter(({ id }) => asked.has(id))
        .flatMap((shape) =>
          counted(shape.id, () => readingsOf(shape, claim, { terms, ...context })),
        ),
      ...vanished.map((row) => goneOf(row, claim, context.now)),
    ],
    invoices: bodies
      .filter(({ type }) => type.startsWith('invoice.'))
      .flatMap(({ key, payload }) =>
        counted(key, () => {
          const shown = shownInvoice(payload)
          return shown ? [shown] : []
        }),
      )
      .filter(({ subscriptionId }) => ours.has(subscriptionId)),
    unread,
  }
}

function isAboutRevenue({ type }: { type: string }): boolean {
  return type.startsWith('customer.subscription.') || type.startsWith('invoice.')
}

function isSound(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value)
  if (value instanceof Date) return !Number.isNaN(value.getTime())
  return typeof value !== 'object' || value === null || Object.values(value).every(isSound)
}

// What is no JSON is quoted by its error, and may be an address.
function whyOf(error: unknown): string {
  return error instanceof SyntaxError ? 'its body is no JSON' : failureText(error)
}

function leftOut(source: Unread['source'], error: string): Unread {
  log.error({ from: source, error }, 'left out of the revenue: access is not touched by it')
  return { source, error }
}
