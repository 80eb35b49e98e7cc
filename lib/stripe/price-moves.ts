import type Stripe from 'stripe'
import { toUnix } from '@/lib/clock'
import type { PriceId, SubscriptionId } from '@/lib/ids'
import type { Money } from '@/lib/money'
import { parseStatus, type SubscriptionStatus } from '@/lib/status'
import { callStripe } from './call'
import { parseRecurrence, type Recurrence } from './interval'
import { planPhases } from './plan-phases'
import { dateOf } from './read'

/** A subscription as far as another price for it has to know it, read at this moment. */
export type MovableSubscription = {
  id: SubscriptionId
  status: SubscriptionStatus | 'unknown'
  items: { id: string; priceId: string; quantity: number | null; periodEnd: Date }[]
  currency: string
  interval: Recurrence | null
  intervalCount: number
  /** From which instant its periods are counted. */
  anchor: Date
  isCanceling: boolean
  /** A change of plan waits for its payment. */
  isChangePending: boolean
  isCollectionPaused: boolean
  trialEnd: Date | null
  schedule: {
    id: string
    /** `metadata.price_move`: which move made it. */
    moveId: string | null
    phases: number
  } | null
  metadata: { app: string | null; env: string | null }
}

/** @throws {NotFound} Stripe does not have it */
export async function retrieveMovable(id: SubscriptionId): Promise<MovableSubscription> {
  const from = await callStripe((stripe) =>
    stripe.subscriptions.retrieve(id, { expand: ['schedule'] }),
  )
  const { schedule, metadata } = from
  const recurring = from.items.data[0]?.price.recurring
  return {
    id,
    status: parseStatus(from.status),
    items: from.items.data.map((item) => ({
      id: item.id,
      priceId: item.price.id,
      quantity: item.quantity ?? null,
      periodEnd: new Date(item.current_period_end * 1000),
    })),
    currency: from.currency,
    interval: recurring ? parseRecurrence(recurring.interval) : null,
    intervalCount: recurring?.interval_count ?? 1,
    anchor: new Date(from.billing_cycle_anchor * 1000),
    isCanceling: from.cancel_at !== null || from.cancel_at_period_end,
    isChangePending: from.pending_update !== null,
    isCollectionPaused: from.pause_collection !== null,
    trialEnd: dateOf(from.trial_end),
    schedule: scheduleOf(schedule),
    metadata: { app: metadata.app ?? null, env: metadata.env ?? null },
  }
}

function scheduleOf(schedule: Stripe.Subscription['schedule']): MovableSubscription['schedule'] {
  if (!schedule) return null
  // A bare id would mean that Stripe ignored `expand`.
  if (typeof schedule === 'string') throw new Error(`Stripe did not expand ${schedule}.`)
  const { id, metadata, phases } = schedule
  return { id, moveId: metadata?.price_move ?? null, phases: phases.length }
}

/**
 * What the next invoice of a subscription comes to, with its discounts and taxes, at its own price or at another
 * one. Nothing is changed.
 */
export async function previewTotal(
  subscription: SubscriptionId,
  at?: { item: string; price: PriceId; quantity: number },
): Promise<Money> {
  const items = at && [{ id: at.item, price: at.price, quantity: at.quantity }]
  const { total, currency } = await callStripe((stripe) =>
    stripe.invoices.createPreview({
      subscription,
      ...(items ? { subscription_details: { items, proration_behavior: 'none' } } : {}),
    }),
  )
  return { amount: total, currency }
}

/** Another price for a subscription, from one of its renewals on. */
export type PlannedPrice = {
  /** Of the row: a second call plans nothing more. */
  moveId: string
  subscription: SubscriptionId
  before: string
  price: PriceId
  at: Date
}

/**
 * Puts a subscription under a schedule that has it change its price at a renewal, with what it is and what is taken
 * off as they are. `schedule`: one that an interrupted call has left.
 * @returns the schedule's id
 */
export function planPrice(
  { moveId, subscription, before, price, at }: PlannedPrice,
  schedule: string | null,
): Promise<string> {
  const metadata = { price_move: moveId }
  return planPhases(subscription, { schedule, before, price, at: toUnix(at), metadata })
}

/** What a price is, as far as moving to it has to know it. */
export type MovePrice = {
  active: boolean
  interval: Recurrence | null
  intervalCount: number | null
  /** In which currencies it has an amount. */
  currencies: readonly string[]
  label: {
    id: string
    lookupKey: string | null
    metadataTier: string | null
    productMetadataTier: string | null
  }
}

/** @throws {NotFound} Stripe does not have it */
export async function retrieveMovePrice(id: PriceId): Promise<MovePrice> {
  const price = await callStripe((stripe) =>
    stripe.prices.retrieve(id, { expand: ['product', 'currency_options'] }),
  )
  const { product, recurring, metadata, lookup_key: lookupKey } = price
  // A deleted product says nothing any more.
  const words = typeof product === 'string' || product.deleted ? null : product.metadata
  return {
    active: price.active,
    interval: recurring ? parseRecurrence(recurring.interval) : null,
    intervalCount: recurring?.interval_count ?? null,
    currencies: [...new Set([price.currency, ...Object.keys(price.currency_options ?? {})])],
    label: {
      ...{ id, lookupKey, metadataTier: metadata.tier ?? null },
      productMetadataTier: words?.tier ?? null,
    },
  }
}
