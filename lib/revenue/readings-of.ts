import type { Claim, SubscriptionRow } from '@/db/queries/claim'
import type { ConfiguredPrices } from '@/lib/catalog/tier-for-price'
import type { SubscriptionShape } from '@/lib/stripe/subscriptions'
import { type Moment, momentOf } from './moment-of'
import type { KnownTerms } from './monthly-value'

type Context = { terms: KnownTerms; prices: ConfiguredPrices; now: Date }

/**
 * What a read shows of a subscription, for the case that no event reported it: as it is now, dated by Stripe's own
 * instant where it has one; and how it began, where it is seen for the first time. Postgres drops what
 * an event has said already.
 */
export function readingsOf(shape: SubscriptionShape, claim: Claim, context: Context): Moment[] {
  const known = claim.subscriptions.find(({ id }) => id === shape.id)
  // It had ended when it was last read: there is nothing more to come.
  if (known?.endedAt && shape.endedAt) return []
  const named = { source: 'read' as const, ...context }
  const shown = { shape, before: null, endedBy: null }
  const current = momentOf(
    { ...shown, at: since(shape, known !== undefined, context.now) },
    { ...named, key: `${shape.id}#${claim.fence}` },
  )
  const hasMoved = shape.endedAt !== null || (shape.trialEnd ?? context.now) < context.now
  if (known || !hasMoved) return [current]
  const status = shape.trialStart
    ? 'trialing'
    : shape.status === 'canceled'
      ? 'active'
      : shape.status
  const began = {
    ...shape,
    status,
    endedAt: null,
    cancelAt: null,
    cancelAtPeriodEnd: false,
  } as const
  const first = momentOf(
    { ...shown, shape: began, at: shape.created },
    { ...named, key: `${shape.id}#created` },
  )
  return [first, current]
}

function since(
  { endedAt, created, trialEnd, status }: SubscriptionShape,
  known: boolean,
  now: Date,
): Date {
  if (endedAt) return endedAt
  if (known) return now
  return status !== 'trialing' && trialEnd && trialEnd < now ? trialEnd : created
}

/** The end of one that Stripe does not show any more. */
export function goneOf(row: SubscriptionRow, { fence }: Claim, now: Date): Moment {
  return {
    key: `${row.id}#${fence}`,
    subscriptionId: row.id,
    customerId: row.customerId,
    at: now,
    source: 'read',
    state: 'gone',
    before: null,
    status: 'canceled',
    plan: row.tier ?? row.priceId,
    currency: row.currency,
    mrr: 0,
    later: [],
    renewsAt: null,
    renewsAmount: null,
    endedBy: null,
  }
}
