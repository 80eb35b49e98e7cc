import type Stripe from 'stripe'
import type { AccessPolicy } from '@/lib/catalog/access-policy'
import { letPass } from './accountant/allowed'
import { type NetLine, netLines } from './accountant/net-lines'
import type { Records } from './accountant/records'
import type { Tier } from './accountant/tier'
import type { Decisions } from './person'

type Invoice = Readonly<Stripe.Invoice>

const DAY = 86_400
// A debit comes back after four days, and an invoice is a draft for an hour.
const ON_THE_WAY = 5 * DAY
// Longer than any pause of collection in a life.
const PAUSE = 800 * DAY
const RANKS: Record<Tier, number> = { free: 0, pro: 1, studio: 2 }

/**
 * No customer is given a plan for which nothing came: one invoice of the subscription could be the reason.
 * Simpler than the accountant, so that both do not err in the same way. `funded`: the customer paid
 * something, once, or an operator gave credit. Null: there is a reason.
 */
export function unearned(
  records: Records,
  tier: Tier,
  now: number,
  policy: AccessPolicy,
  { plans, sent }: Decisions,
  funded: boolean,
): string | null {
  const { subscription, invoices, tierOf, received } = records
  const days = policy.graceDays + (sent.get(subscription.id) ?? 0)
  const kept = subscription.pause_collection !== null && policy.pausedCollection === 'keep'
  const latest = now - days * DAY - ON_THE_WAY - keptBack(invoices) - (kept ? PAUSE : 0)
  // A trial is given, whatever for: its plan is changed without a word about money.
  if ((subscription.trial_end ?? 0) >= latest) return null
  const given = RANKS[plans.get(subscription.id) ?? 'free'] >= RANKS[tier]
  const serves = ({ amount, end, price }: NetLine) =>
    amount >= 0 && end >= latest && (given || RANKS[tierOf(price)] >= RANKS[tier])
  const reason = invoices.find(
    (each) =>
      netLines(each).some(serves) && isReason(each, policy, funded || received(each.id) > 0),
  )
  return reason ? null : `${subscription.id} gives ${tier}, and none of its invoices is a reason`
}

function isReason(invoice: Invoice, policy: AccessPolicy, funded: boolean): boolean {
  const { status, billing_reason, collection_method } = invoice
  const renews = billing_reason === 'subscription_cycle'
  if (asksNothing(invoice)) return true
  if (status === 'paid') return funded
  if (letPass(invoice)) return policy.pausedCollection === 'keep'
  if (status === 'void') return renews && policy.voidedRenewal === 'keep'
  if (status === 'uncollectible') return renews && policy.writtenOffRenewal === 'keep'
  if (collection_method === 'send_invoice') return policy.sentInvoice === 'until_due'
  return policy.delayedPayment !== 'wait'
}

// The longest that an invoice was a draft: it was not collected before that.
function keptBack(invoices: readonly Invoice[]): number {
  const waited = invoices.map(
    ({ created, status_transitions: { finalized_at } }) => (finalized_at ?? created) - created,
  )
  return Math.max(0, ...waited)
}

// For what is new on it, by a trial or a coupon.
function asksNothing(invoice: Invoice): boolean {
  const asked = netLines(invoice).reduce((sum, { amount }) => sum + Math.max(0, amount), 0)
  const given = (invoice.total_discount_amounts ?? []).reduce((sum, { amount }) => sum + amount, 0)
  return asked <= given
}

/**
 * A customer who has paid the whole price of a time that is not over has what was paid for. Null:
 * they have, or did not pay.
 */
export function withheld(
  records: Records,
  tier: Tier,
  now: number,
  { changedAt }: Decisions,
): string | null {
  const { subscription, invoices } = records
  if (subscription.status !== 'active') return null
  const paid = invoices.find(
    (invoice) =>
      invoice.status === 'paid' &&
      invoice.created > (changedAt.get(subscription.id) ?? 0) &&
      records.received(invoice.id) === invoice.total &&
      records.wentBack(invoice.id) === null &&
      bought(invoice, records, now) > RANKS[tier],
  )
  return paid ? `${paid.id} of ${subscription.id} was paid, and it gives only ${tier}` : null
}

// The rank of the plan whose whole price was paid for a time in which `now` is.
function bought({ id, lines }: Invoice, records: Records, now: number): number {
  if (lines.data.some(({ amount }) => amount < 0)) return 0
  const ranks = lines.data.map(({ amount, quantity, period, pricing }) => {
    const price = String(pricing?.price_details?.price)
    const unit = records.unitOf(price)
    const whole = quantity !== 0 && amount >= unit && records.received(id) >= unit
    return whole && period.start <= now && now < period.end ? RANKS[records.tierOf(price)] : 0
  })
  return Math.max(0, ...ranks)
}
