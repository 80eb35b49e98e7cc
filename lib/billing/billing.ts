import type { BillingRows } from '@/db/queries/billing'
import { ACCESS_POLICY, type AccessPolicy } from '@/lib/catalog/access-policy'
import type { Feature } from '@/lib/catalog/features'
import { INTERVALS, type Interval, PLANS, type Tier } from '@/lib/catalog/plans'
import type { NextCharge, WithoutCard } from '@/lib/charge'
import { type Access, accessOf, allowedUntil } from '@/lib/entitlements/access'
import { currentEntitlement, hasLapsed } from '@/lib/entitlements/current'
import { isLiving } from '@/lib/entitlements/duplicates'
import { grantedTier, parseTier } from '@/lib/entitlements/governing'
import { shownStatus } from '@/lib/entitlements/shown-status'
import { isOfGoneCustomer, shownSubscription } from '@/lib/entitlements/shown-subscription'
import { type Usage, usageOf } from '@/lib/entitlements/usage-of'
import type { SubscriptionId } from '@/lib/ids'
import { intervalWords } from '@/lib/interval-words'
import type { Money } from '@/lib/money'
import type { Payment } from '@/lib/payment'
import type { ShownStatus } from '@/lib/status'
import type { OpenInvoice } from '@/lib/stripe/invoices'
import { isCanceling } from '@/lib/sync/subscription-action'

/** What a person owes or will be charged, as Stripe has it: our records hold prices, and not amounts. */
export type Amounts = {
  /** What is open; null when nothing is, or when Stripe was not asked or did not say. */
  open: OpenInvoice | null
  /** What is charged next. */
  next: Next
  /** What the end of a trial brings; null for any other status, or when Stripe was not asked or did not say. */
  trialEnding: { charge: Money | null; withoutCard: WithoutCard | null } | null
  /** What a plan that is held (`isHeld`) is charged when it goes on; null otherwise, or when Stripe did not say. */
  resumption: Money | null
}

/** What Stripe says follows: a charge, nothing, or it did not say. */
export type Next =
  | { kind: 'charge'; charge: NextCharge; coming: Coming | null }
  | { kind: 'nothing' }
  | { kind: 'unknown' }

/**
 * What is to follow. `planned`: another plan at `at`. `price`: the same one, for another price. `waits`: until then
 * the payment of another plan is waited for.
 */
export type Coming = {
  kind: 'planned' | 'price' | 'waits'
  at: Date
  /** Null where its price is none of ours. */
  tier: Tier | null
  interval: Interval | null
  /** How often it is billed where that is no interval of ours, as in `Billing`. */
  recurrence: string | null
}

export const NOTHING_FOLLOWS: Next = { kind: 'nothing' }
export const NOT_KNOWN: Next = { kind: 'unknown' }

/** Before Stripe was asked. */
const NO_AMOUNTS: Amounts = {
  open: null,
  next: NOT_KNOWN,
  trialEnding: null,
  resumption: null,
}

/** Everything a billing page says about a workspace. Amounts in minor units, instants in UTC. */
export type Billing = Amounts & {
  tier: Tier
  /** What is paid for, before what operators granted or withheld. */
  earnedTier: Tier
  /** The subscription that speaks for them; null when there is none. */
  subscriptionId: SubscriptionId | null
  /** What the subscription is for, even while it grants nothing; null when there is none, or its price is unknown. */
  plan: Tier | null
  status: ShownStatus
  access: Access
  interval: Interval | null
  /** How often it is billed where that is no interval of ours: `every 3 months`; null where it is one, or not known. */
  recurrence: string | null
  /** What it costs by its price list: discounts, credit and taxes are not in it, so it is never called owed or due. */
  price: Money | null
  /** Stripe's id of it. */
  priceId: string | null
  /** How many of it; the price is for all of them. */
  quantity: number
  currentPeriodEnd: Date | null
  /** When it ends, if it is to end. */
  cancelAt: Date | null
  isCanceling: boolean
  /** Stripe's own flag; a portal in flexible billing leaves it false and sets `cancelAt`. */
  cancelAtPeriodEnd: boolean
  trialEnd: Date | null
  pastDueSince: Date | null
  /** Of a plan that is past due: its last day, if nothing is paid. */
  graceUntil: Date | null
  endedAt: Date | null
  /** What became of the money of the current period, and since when it is waited for. */
  money: Pick<Payment, 'payment' | 'owes' | 'owedSince' | 'paidThrough'>
  /** A payment of theirs is disputed at its bank, and nothing is decided yet. */
  isDisputed: boolean
  /** The plan that a change asked for, while its money is not there and `plan` is what is paid for. */
  waitsFor: Tier | null
  /** Nothing is charged for now (`pause_collection`), until a day or until it is ended by hand. */
  collectionPaused: { resumesAt: Date | null } | null
  features: readonly Feature[]
  usage: Usage & {
    /** Past the last use: refused, or counted on. */
    overage: 'block' | 'allow'
    /** What is left of uses that were bought beside the plan. */
    credits: number
  }
  /** Living subscriptions besides the one that speaks for them, oldest first: each is charged, too. */
  others: OtherSubscription[]
  hasCustomer: boolean
  /** What is shown was bought by a customer who is gone at Stripe: its currency binds no one any more. */
  isOfGoneCustomer: boolean
  /** When Stripe was last read; null for a user who never bought. */
  asOf: Date | null
  /** Stripe could not be read just now: this is what we knew. */
  stale: boolean
}

export type OtherSubscription = {
  id: SubscriptionId
  /** Null where its price is none of ours. */
  plan: Tier | null
  currentPeriodEnd: Date | null
  isCanceling: boolean
}

/** The view of one workspace at `now`. Access that has run out is not shown, even before an event reports it. */
export function billingOf(
  rows: BillingRows,
  now: Date,
  stale: boolean,
  policy = ACCESS_POLICY,
): Billing {
  const { subscriptions, customerId, lastSyncedAt } = rows
  const stands = currentEntitlement(rows, now, policy)
  const { tier, access, features } = stands
  const governing = shownSubscription(subscriptions, stands, now, policy)
  return {
    ...NO_AMOUNTS,
    tier,
    earnedTier: stands.earnedTier,
    subscriptionId: governing?.id ?? null,
    plan: governing && grantedTier(governing),
    status: governing ? shownStatus(governing, now, policy) : 'none',
    access,
    interval: INTERVALS.find((each) => each === governing?.interval) ?? null,
    recurrence: recurrenceOf(governing?.interval ?? null),
    // The plan before is paid for; the row has the price of the one that waits for its payment.
    price: governing && waitsFor(governing) ? null : priceOf(governing),
    priceId: governing?.priceId ?? null,
    quantity: governing?.quantity ?? 1,
    currentPeriodEnd: governing?.currentPeriodEnd ?? null,
    cancelAt:
      governing?.cancelAt ?? (governing?.cancelAtPeriodEnd ? governing.currentPeriodEnd : null),
    isCanceling: governing ? isCanceling(governing) : false,
    cancelAtPeriodEnd: governing?.cancelAtPeriodEnd ?? false,
    trialEnd: governing?.trialEnd ?? null,
    pastDueSince: governing?.pastDueSince ?? null,
    graceUntil: governing && staysUntil(governing, policy),
    endedAt: governing?.endedAt ?? null,
    money: moneyOf(governing),
    isDisputed: rows.isDisputed,
    waitsFor: governing && waitsFor(governing),
    collectionPaused: governing?.collectionPaused
      ? { resumesAt: governing.collectionResumesAt }
      : null,
    features,
    usage: {
      ...usageOf(rows, stands, now),
      overage: PLANS[tier].overage ?? 'block',
      credits: rows.credits,
    },
    others: othersOf(subscriptions, governing?.id),
    hasCustomer: customerId !== null,
    isOfGoneCustomer: governing !== null && isOfGoneCustomer(governing, customerId),
    asOf: lastSyncedAt,
    stale,
  }
}

/** How often it is billed where that is no interval of ours. */
export function recurrenceOf(interval: string | null): string | null {
  const isOurs = INTERVALS.some((each) => each === interval)
  return isOurs ? null : (intervalWords(interval)?.billed ?? null)
}

/**
 * Whether a pause has outlasted what is paid for, so that going on is charged: the status is `paused`, or a period was
 * let pass (`skipped`), or its invoice is a draft that would be.
 */
export function isHeld(
  { status, money, collectionPaused, isCanceling }: Billing,
  { pausedCollection }: AccessPolicy = ACCESS_POLICY,
): boolean {
  if (status === 'paused') return true
  if (status !== 'active' || isCanceling || pausedCollection === 'keep') return false
  return money.payment === 'skipped' || (collectionPaused !== null && money.payment === 'draft')
}

function staysUntil(row: BillingRows['subscriptions'][number], policy: AccessPolicy): Date | null {
  const until = row.status === 'past_due' ? allowedUntil(row, policy) : null
  return until instanceof Date ? until : null
}

function moneyOf(row: BillingRows['subscriptions'][number] | null): Billing['money'] {
  if (!row) return { payment: 'settled', owes: null, owedSince: null, paidThrough: null }
  const { payment, owes, owedSince, paidThrough } = row
  return { payment, owes, owedSince, paidThrough }
}

function waitsFor(row: BillingRows['subscriptions'][number]): Tier | null {
  const tier = parseTier(row.tier)
  return tier && tier !== grantedTier(row) ? tier : null
}

function othersOf(
  subscriptions: BillingRows['subscriptions'],
  governing: SubscriptionId | undefined,
): OtherSubscription[] {
  const rest = subscriptions.filter((each) => each.id !== governing && isLiving(each))
  return rest
    .toSorted((a, b) => a.stripeCreatedAt.getTime() - b.stripeCreatedAt.getTime())
    .map((each) => ({
      id: each.id,
      plan: grantedTier(each),
      currentPeriodEnd: each.currentPeriodEnd,
      isCanceling: isCanceling(each),
    }))
}

/** Whether another use is possible now: of the plan, of what was bought beside it, or counted past its limit. */
export function canUse({ usage }: Pick<Billing, 'usage'>): boolean {
  return usage.used < usage.limit || usage.credits > 0 || usage.overage === 'allow'
}

/** Whether our records may be out of date: Stripe should be asked. */
export function needsRefresh(rows: BillingRows, now: Date): boolean {
  if (rows.dirty) return true
  if (rows.entitlement && hasLapsed(rows.entitlement, now)) return true
  const living = rows.subscriptions.filter((each) => accessOf(each, now) !== 'none')
  if (living.length > 0 && !rows.entitlement) return true
  return living.some(({ currentPeriodEnd }) => currentPeriodEnd !== null && currentPeriodEnd <= now)
}

function priceOf(row: BillingRows['subscriptions'][number] | null): Money | null {
  if (!row || row.unitAmount === null || row.currency === null) return null
  return { amount: row.unitAmount * (row.quantity ?? 1), currency: row.currency }
}
