import type Stripe from 'stripe'
import { fromUnix, toUnix } from '@/lib/clock'
import { NotFound } from '@/lib/errors'
import {
  type CustomerId,
  parseCustomerId,
  parseSubscriptionId,
  type SubscriptionId,
} from '@/lib/ids'
import { parseStatus, type SubscriptionStatus } from '@/lib/status'
import { type AppliedDiscount, appliedDiscount } from './applied-discount'
import type { BilledInvoice, Reversal } from './billed-invoice'
import { callStripe } from './call'
import { type ChargedCard, chargedCard } from './charged-card'
import { type CustomerSnapshot, customerSnapshot } from './customers'
import { formerPrices, invoiceTrail } from './invoice-trail'
import type { LabeledPrice } from './prices'
import { productTiers } from './product-tiers'
import { dateOf, idOf } from './read'
import { itemSnapshot, type SubscriptionItemSnapshot } from './subscription-item'

export type SubscriptionSnapshot = {
  id: SubscriptionId
  customerId: CustomerId
  status: SubscriptionStatus | 'unknown'
  items: SubscriptionItemSnapshot[]
  cancelAt: Date | null
  cancelAtPeriodEnd: boolean
  canceledAt: Date | null
  endedAt: Date | null
  trialStart: Date | null
  trialEnd: Date | null
  created: Date
  /** Collection is paused and the status stays what it is: not the same as status `paused`. */
  pauseCollection: { resumesAt: Date | null } | null
  /** Newest first, back to the one that says what is paid for; none where nothing was ever billed. */
  invoices: BilledInvoice[]
  /** Prices that its invoices name and its items do not, where a change of plan is not paid. */
  formerPrices: LabeledPrice[]
  /** At work on all of it, in the order in which Stripe takes them off. */
  discounts: AppliedDiscount[]
  metadata: { app: string | null; env: string | null }
  scheduleId: string | null
}

/**
 * Every subscription that a customer has or had, newest first: the one read that state
 * is made of. One list call; products are asked for only where a price does not say its tier, and
 * invoices only where the latest does not prove that the period is paid.
 * A customer that Stripe does not have, or has deleted, has none.
 */
export async function listSubscriptions(
  customerId: CustomerId,
  asks: Asks = {},
): Promise<SubscriptionSnapshot[]> {
  const subscriptions = await callStripe((stripe) =>
    stripe.subscriptions
      // The terms of a discount stand on its coupon, and an event shows neither.
      // Stripe refuses to expand five levels (`data.items.data.price.product`).
      .list({
        customer: customerId,
        status: 'all',
        limit: 100,
        expand: ['data.latest_invoice', 'data.discounts.source.coupon'],
      })
      .autoPagingToArray({ limit: 10_000 }),
  ).catch((error: unknown) => {
    if (error instanceof NotFound) return []
    throw error
  })
  return snapshots(subscriptions, asks)
}

export type Asks = {
  /** Also ask whether money went back, where one of these ways counts: further reads for each invoice. */
  reversals?: readonly Reversal[]
}

export type Mark = SubscriptionSnapshot['metadata']

/** A card, and one subscription that is charged to it. */
export type CardInUse = {
  subscriptionId: SubscriptionId
  customerId: CustomerId
  card: ChargedCard
}

export type SubscriptionPage = {
  /** Those that were wanted, newest first. */
  subscriptions: SubscriptionSnapshot[]
  /** Whose they are. */
  customers: CustomerSnapshot[]
  /** The cards that they are charged to, of those that live and are not to end. */
  cards: CardInUse[]
  /** The oldest of the page, wanted or not: what the next page begins after. */
  last: { id: SubscriptionId; created: Date } | null
  /** Whether older ones follow. */
  more: boolean
}

/**
 * A page of every subscription that the account has or had, of any application: a hundred, newest first.
 * `createdUntil` is included. Those on test clocks are left out: Stripe shows them by customer only.
 * `wanted` spares the reads of other applications' products.
 */
export async function listAllSubscriptions(
  start: { createdUntil: Date | null; after: SubscriptionId | null },
  wanted: (mark: Mark) => boolean,
  asks: Asks = {},
): Promise<SubscriptionPage> {
  const { data, has_more: more } = await callStripe((stripe) =>
    stripe.subscriptions.list({
      status: 'all',
      limit: 100,
      expand: [
        'data.latest_invoice',
        'data.discounts.source.coupon',
        'data.customer',
        'data.default_payment_method',
      ],
      ...(start.createdUntil ? { created: { lte: toUnix(start.createdUntil) } } : {}),
      ...(start.after ? { starting_after: start.after } : {}),
    }),
  )
  const last = data.at(-1)
  const chosen = data.filter(({ metadata }) => wanted(markOf(metadata)))
  return {
    subscriptions: await snapshots(chosen, asks),
    customers: chosen.map(({ customer }) => expanded(customer)),
    cards: (await Promise.all(chosen.map(cardInUse))).flat(),
    last: last ? { id: parseSubscriptionId(last.id), created: fromUnix(last.created) } : null,
    more,
  }
}

async function cardInUse(from: Stripe.Subscription): Promise<CardInUse[]> {
  if (from.cancel_at !== null || from.cancel_at_period_end) return []
  const card = await chargedCard(from)
  if (!card) return []
  const customerId = parseCustomerId(idOf(from.customer))
  return [{ subscriptionId: parseSubscriptionId(from.id), customerId, card }]
}

function expanded(customer: Stripe.Subscription['customer']): CustomerSnapshot {
  // A bare id would mean that Stripe ignored what the call above asks for.
  if (typeof customer === 'string') throw new Error(`Stripe did not expand ${customer}.`)
  return customerSnapshot(customer)
}

async function snapshots(
  subscriptions: Stripe.Subscription[],
  { reversals = [] }: Asks,
): Promise<SubscriptionSnapshot[]> {
  const items = subscriptions.flatMap((subscription) => subscription.items.data)
  const silent = items.filter(({ price }) => price.metadata.tier === undefined)
  const tiers = await productTiers(silent.map(({ price }) => String(idOf(price.product))))
  return Promise.all(
    subscriptions.map(async (from) => {
      const invoices = await invoiceTrail(from, reversals)
      return {
        ...subscriptionShape(from, tiers),
        invoices,
        formerPrices: await formerPrices(from, invoices),
      }
    }),
  )
}

/** A subscription without what it was billed for: as an event shows it. */
export type SubscriptionShape = Omit<SubscriptionSnapshot, 'invoices' | 'formerPrices'>

/** What Stripe shows of a subscription. `tiers`: what its products say, where they were asked. */
export function subscriptionShape(
  from: Stripe.Subscription,
  tiers: ReadonlyMap<string, string | null> = new Map(),
): SubscriptionShape {
  return {
    id: parseSubscriptionId(from.id),
    customerId: parseCustomerId(idOf(from.customer)),
    status: parseStatus(from.status),
    items: from.items.data.map((item) => itemSnapshot(item, tiers)),
    cancelAt: dateOf(from.cancel_at),
    cancelAtPeriodEnd: from.cancel_at_period_end,
    canceledAt: dateOf(from.canceled_at),
    endedAt: dateOf(from.ended_at),
    trialStart: dateOf(from.trial_start),
    trialEnd: dateOf(from.trial_end),
    created: fromUnix(from.created),
    pauseCollection: from.pause_collection && {
      resumesAt: dateOf(from.pause_collection.resumes_at),
    },
    // What a plan gives never hangs on it: an answer without is read all the same.
    discounts: (from.discounts ?? []).map((each) => appliedDiscount(each, from.currency)),
    metadata: markOf(from.metadata),
    scheduleId: idOf(from.schedule),
  }
}

function markOf(metadata: Stripe.Metadata): Mark {
  return { app: metadata.app ?? null, env: metadata.env ?? null }
}
