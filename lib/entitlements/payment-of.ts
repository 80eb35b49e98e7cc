import type { AccessPolicy } from '@/lib/catalog/access-policy'
import type { Payment, PaymentState } from '@/lib/payment'
import type { BilledInvoice } from '@/lib/stripe/billed-invoice'
import { boughtUntil, coveredBy, type TierOfPrice } from './bought'
import { type InvoiceKind, invoiceKind } from './invoice-kind'
import { takenBack } from './taken-back'

export type Billed = {
  /** Newest first, as `SubscriptionSnapshot.invoices`. */
  invoices: readonly BilledInvoice[]
  trialEnd: Date | null
  tierOfPrice: TierOfPrice
}

/**
 * What a subscription's invoices say about the money. Pure. Only an invoice for a whole period
 * settles one: paying a small change of plan pays for nothing else.
 */
export function paymentOf(billed: Billed, policy: AccessPolicy): Payment {
  const { invoices, tierOfPrice } = billed
  const all = invoices.map((each, at) => ({
    ...each,
    kind: invoiceKind(each, invoices.slice(at + 1)),
    kept: !takenBack(policy).some((how) => how === each.reversed),
  }))
  const period = all.find(paysPeriod)
  const since = period ? all.slice(0, all.indexOf(period)) : all
  const change = since.findLastIndex(isUnpaidChange)
  // After a period that a change began and that was never paid, nothing is left that grace could bridge.
  const lost = since.findLastIndex((each) => each.kind === 'anew')
  const missing = since
    .slice(lost + 1)
    .filter(isDebt)
    .map((each) => ({ ...each, owes: owesFor(each, all, billed) }))
  const debt = missing.findLast((each) => !isForgiven(each, policy)) ?? missing[0]
  const paid = [...since.slice(change + 1).filter(paysChange), ...(period ? [period] : [])].map(
    (each) => withoutGivenBack(each, missing),
  )
  const inPart = change !== -1 || (period !== undefined && period.share < 1)
  return {
    ...planStateOf(missing, debt, period),
    changeUnpaid: inPart,
    coveredTier: inPart ? coveredBy(paid, debt, tierOfPrice) : null,
    paidThrough: boughtUntil(paid, tierOfPrice),
  }
}

type Marked = BilledInvoice & {
  kind: InvoiceKind
  /** The money was not taken back, or the policy lets what it paid for stay. */
  kept: boolean
}
type Missing = Marked & { owes: NonNullable<Payment['owes']> }

const isPaid = ({ status, kept }: Marked) => status === 'paid' && kept

// Money for a whole period came, or some of it, or nothing was asked for. What was paid with
// nothing but credit that was never paid for was not paid.
function paysPeriod(invoice: Marked): boolean {
  const { kind, share } = invoice
  const whole = kind === 'first' || kind === 'renewal' || kind === 'anew'
  return whole && isPaid(invoice) && share > 0
}

function paysChange(invoice: Marked): boolean {
  return invoice.kind === 'change' && isPaid(invoice) && invoice.share === 1
}

// Of those since the newest period that was paid: a period of its own is then not paid either.
function isUnpaidChange(invoice: Marked): boolean {
  return invoice.kind === 'anew' || (invoice.kind === 'change' && !paysChange(invoice))
}

// A later invoice neither pays an earlier one nor starts its grace again.
function isDebt({ kind }: Marked): boolean {
  return kind === 'first' || kind === 'renewal'
}

// Who never paid has nothing that could be given; Stripe itself voids a first invoice when its debit comes back.
function isForgiven({ owes, status, skipped, kept }: Missing, policy: AccessPolicy): boolean {
  if (owes !== 'renewal' || !kept) return false
  // No operator gave it away: what holds is the policy for the pause that let it pass.
  if (skipped) return policy.pausedCollection === 'keep'
  if (status === 'void') return policy.voidedRenewal === 'keep'
  // `paid`: by credit that was never paid for, and will not be asked for again.
  const givenUp = status === 'uncollectible' || status === 'paid'
  return givenUp && policy.writtenOffRenewal === 'keep'
}

// After a trial the first charge is Stripe's second invoice: the first asked for nothing.
function owesFor(debt: Marked, all: readonly Marked[], { trialEnd }: Billed): Missing['owes'] {
  const before = all.slice(all.indexOf(debt) + 1)
  const begun = before.some(
    (each) =>
      paysPeriod(each) &&
      each.share === 1 &&
      (each.total !== 0 || trialEnd === null || each.created >= trialEnd),
  )
  if (begun) return 'renewal'
  // Without a trial, or a period for nothing, there is nothing that it goes on from.
  return debt.kind !== 'first' && before.some(paysPeriod) ? 'conversion' : 'first'
}

// What a bill that is still to be paid gives back is not kept beside it.
function withoutGivenBack(paid: Marked, missing: readonly Marked[]): Marked {
  const back = missing.flatMap(({ lines }) => lines.filter(({ amount }) => amount < 0))
  const lines = paid.lines.filter(
    ({ priceId, until }) =>
      !back.some((each) => each.priceId === priceId && each.until.getTime() === until.getTime()),
  )
  return { ...paid, lines }
}

function planStateOf(
  missing: readonly Missing[],
  debt: Missing | undefined,
  period: Marked | undefined,
): Pick<Payment, 'payment' | 'owes' | 'owedSince' | 'dueAt'> {
  const settled = { owes: null, owedSince: null, dueAt: null }
  const back = missing.find(({ kept }) => !kept)?.reversed
  if (back) return { ...settled, payment: back }
  if (!debt) return { ...settled, payment: period?.reversed ?? 'settled' }
  return {
    payment: stateOf(debt),
    owes: debt.owes,
    owedSince: debt.finalizedAt ?? debt.created,
    dueAt: debt.dueDate,
  }
}

function stateOf({ status, skipped, sent }: BilledInvoice): PaymentState {
  if (skipped) return 'skipped'
  if (status === 'void' || status === 'uncollectible') return status
  // By credit that was never paid for: no money is expected any more.
  if (status === 'paid') return 'uncollectible'
  if (sent) return 'sent'
  // A word that Stripe adds later is no proof that money came.
  return status === 'draft' ? 'draft' : 'open'
}
