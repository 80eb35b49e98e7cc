import type Stripe from 'stripe'
import type { AccessPolicy } from '@/lib/catalog/access-policy'
import { type Bought, type Debt, type Ledger, ledgerOf } from './ledger'
import type { Records } from './records'
import type { Tier } from './tier'

/** What a subscription allows if nothing else happens, and until when (Unix seconds). */
export type Allowed = { tier: Tier; until: number }

const DAY = 86_400
const TIERS: readonly Tier[] = ['free', 'pro', 'studio']

/** Reads docs/access.md over the records of a subscription. Null: it allows nothing at `now`. */
export function allowedBy(records: Records, now: number, policy: AccessPolicy): Allowed | null {
  const { ended_at, cancel_at } = records.subscription
  if (ended_at !== null && ended_at <= now) return null
  const allowed = byStatus(records, policy)
  if (!allowed || allowed.tier === 'free') return null
  const until = Math.min(allowed.until, cancel_at ?? Number.POSITIVE_INFINITY)
  return until > now ? { ...allowed, until } : null
}

function byStatus(records: Records, policy: AccessPolicy): Allowed | null {
  const { subscription } = records
  if (subscription.status === 'trialing')
    return { tier: itemsTier(records), until: periodEnd(subscription) + policy.graceDays * DAY }
  if (subscription.status !== 'active' && subscription.status !== 'past_due') return null
  const ledger = ledgerOf(records)
  if (ledger.debts.some(({ reversed }) => reversed)) return null
  const debt = deciding(ledger, policy)
  const until =
    subscription.status === 'past_due'
      ? whilePastDue(records, ledger, debt, policy)
      : whileActive(records, ledger, debt, policy)
  return until === null ? null : { tier: paidTier(records, ledger, debt), until }
}

function whilePastDue(
  records: Records,
  ledger: Ledger,
  debt: Debt | undefined,
  policy: AccessPolicy,
): number | null {
  if (debt?.never) return null
  return debt ? failureOf(debt, records, policy) + policy.graceDays * DAY : paidEnd(ledger)
}

// A debit came back: the failure is the first return at which no other invoice was missing longer. Of
// what was sent, and of anything else, it is when the money was asked for.
function failureOf({ invoice }: Debt, records: Records, policy: AccessPolicy): number {
  const { id, status_transitions: at, created, due_date, collection_method } = invoice
  const decided = (failed: number) => {
    const then = ledgerOf({ ...records, invoices: asOf(records.invoices, id, failed) })
    return deciding(then, policy)?.invoice.id === id
  }
  const returned = collection_method === 'send_invoice' ? [] : records.failuresOf(id)
  return returned.find(decided) ?? Math.max(at.finalized_at ?? created, due_date ?? 0)
}

// The invoices up to one, as they were at an instant.
function asOf(invoices: Records['invoices'], id: string, instant: number): Records['invoices'] {
  const upTo = invoices.slice(0, invoices.findIndex((each) => each.id === id) + 1)
  return upTo.map((invoice) => {
    const { paid_at, voided_at, marked_uncollectible_at: given_up_at } = invoice.status_transitions
    const closedAt = paid_at ?? voided_at ?? given_up_at ?? 0
    return closedAt > instant ? { ...invoice, status: 'open' } : invoice
  })
}

function whileActive(
  { subscription }: Records,
  ledger: Ledger,
  debt: Debt | undefined,
  policy: AccessPolicy,
): number | null {
  const end = periodEnd(subscription)
  const paid = paidEnd(ledger)
  const paused = subscription.pause_collection !== null
  if (paused && policy.pausedCollection === 'paid_period')
    return debt?.never ? null : (paid ?? (debt ? null : end))
  const given = !debt || isForgiven(debt, policy) || (paused && !debt.never)
  if (!given) return graceFor(debt, policy)
  const inPart = ledger.short || ledger.beforeChange !== null
  return inPart && paid !== null && paid < end ? paid : end + policy.graceDays * DAY
}

// The oldest that is not given; a gift decides only where nothing else is missing.
function deciding({ debts }: Ledger, policy: AccessPolicy): Debt | undefined {
  return debts.find((debt) => !isForgiven(debt, policy)) ?? debts.at(-1)
}

function isForgiven({ invoice, never, reversed }: Debt, policy: AccessPolicy): boolean {
  if (never || reversed) return false
  if (letPass(invoice)) return policy.pausedCollection === 'keep'
  if (invoice.status === 'void') return policy.voidedRenewal === 'keep'
  // `paid`: by credit that was not paid for, and it will not be collected again.
  const givenUp = invoice.status === 'uncollectible' || invoice.status === 'paid'
  return givenUp && policy.writtenOffRenewal === 'keep'
}

/** Whether a pause of collection let an invoice pass: no one was asked for it. */
export function letPass(invoice: Readonly<Stripe.Invoice>): boolean {
  const { voided_at, marked_uncollectible_at, finalized_at } = invoice.status_transitions
  if (invoice.status === 'draft') return !invoice.auto_advance
  if (invoice.status !== 'void' && invoice.status !== 'uncollectible') return false
  const closed = (invoice.status === 'void' ? voided_at : marked_uncollectible_at) ?? 0
  return invoice.attempt_count === 0 && closed <= (finalized_at ?? closed) + 300
}

// Until when a debt that is not given is waited for; null: not at all.
function graceFor({ invoice, never }: Debt, policy: AccessPolicy): number | null {
  const since = invoice.status_transitions.finalized_at ?? invoice.created
  const graced = since + policy.graceDays * DAY
  if (letPass(invoice)) return null
  if (invoice.status !== 'open' && invoice.status !== 'draft') return null
  if (invoice.collection_method === 'send_invoice') {
    if (policy.sentInvoice === 'when_paid') return never ? null : graced
    if (invoice.due_date === null) return graced
    return invoice.due_date + (never ? 0 : policy.graceDays * DAY)
  }
  if (invoice.status === 'draft') return never === 'first' ? null : graced
  if (!never) return graced
  return policy.delayedPayment === 'wait' ? null : since + policy.delayedPayment.days * DAY
}

function paidEnd({ bought, beforeChange }: Ledger): number | null {
  const ends = (beforeChange ?? bought).flat().map(({ end }) => end)
  return ends.length > 0 ? Math.max(...ends) : null
}

// While a change is not paid, the plan before it; never more than what the subscription is for.
function paidTier(records: Records, ledger: Ledger, debt: Debt | undefined): Tier {
  const items = itemsTier(records)
  if (!ledger.beforeChange && !ledger.short) return items
  const before = ledger.beforeChange ?? ledger.bought
  const covered = longest(before.findLast((each) => each.length > 0) ?? debt?.bought ?? [])
  return TIERS[Math.min(rank(items), rank(covered))] ?? 'free'
}

function longest(bought: readonly Bought[]): Tier {
  const end = Math.max(...bought.map((each) => each.end))
  return best(bought.filter((each) => each.end === end).map(({ tier }) => tier))
}

function itemsTier({ subscription, tierOf }: Records): Tier {
  const bought = subscription.items.data.filter(({ quantity }) => quantity !== 0)
  return best(bought.map(({ price }) => tierOf(price.id)))
}

function best(tiers: readonly Tier[]): Tier {
  return TIERS[Math.max(0, ...tiers.map(rank))] ?? 'free'
}

function rank(tier: Tier): number {
  return TIERS.indexOf(tier)
}

function periodEnd({ items }: Readonly<Stripe.Subscription>): number {
  return Math.max(...items.data.map((item) => item.current_period_end))
}
