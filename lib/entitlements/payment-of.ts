import type { AccessPolicy } from '@/lib/catalog/access-policy'
import type { Payment, PaymentState } from '@/lib/payment'
import type { BilledInvoice } from '@/lib/stripe/billed-invoice'
import { tierRank } from './governing'

export type Billed = {
  /** Newest first, as `SubscriptionSnapshot.invoices`. */
  invoices: readonly BilledInvoice[]
  trialEnd: Date | null
  /** The plan that a price pays for; null: unknown. */
  tierOfPrice: (priceId: string) => string | null
}

/**
 * What a subscription's invoices say about the money. Pure. Only an invoice for a whole period
 * settles one: paying a small change of plan pays for nothing else.
 */
export function paymentOf(billed: Billed, policy: AccessPolicy): Payment {
  const { invoices } = billed
  const proven = invoices.findIndex(provesPeriod)
  const since = proven === -1 ? invoices : invoices.slice(0, proven)
  const debt = oldestDebt(since, policy)
  const change = since.findLast(isUnpaidChange)
  const paid = invoices.slice(change ? invoices.indexOf(change) + 1 : 0).filter(isPaid)
  return {
    ...(debt ? owed(debt, owesFor(billed, debt)) : settled(paid[0])),
    changeUnpaid: change !== undefined,
    coveredTier: change ? coveredBy(paid, billed) : null,
    paidThrough: paidThrough(paid, billed),
  }
}

const isPeriod = ({ reason }: BilledInvoice) => reason === 'first' || reason === 'renewal'
const isPaid = ({ status }: BilledInvoice) => status === 'paid'

// Money for a whole period came, or nothing was asked for. Credit balance is no proof: it may come
// from a change of a plan that nobody paid.
function provesPeriod(invoice: BilledInvoice): boolean {
  return isPeriod(invoice) && isPaid(invoice) && (invoice.paid > 0 || invoice.total === 0)
}

function isUnpaidChange({ reason, status, total }: BilledInvoice): boolean {
  return reason === 'change' && status !== 'paid' && status !== 'draft' && total > 0
}

// The oldest of what is missing: a later invoice neither pays an earlier one nor starts its grace
// again. Credit balance settles a renewal, and never what began the subscription.
function oldestDebt(
  since: readonly BilledInvoice[],
  policy: AccessPolicy,
): BilledInvoice | undefined {
  const periods = since.filter(isPeriod)
  const settledAt = periods.findIndex(isPaid)
  const missing = periods.filter(
    (each, at) => !isPaid(each) && (each.reason === 'first' || settledAt === -1 || at < settledAt),
  )
  return missing.findLast((each) => !isForgiven(each, policy)) ?? missing[0]
}

// Stripe voids a first invoice by itself when its debit comes back; a later one only an operator does.
function isForgiven({ reason, status }: BilledInvoice, policy: AccessPolicy): boolean {
  if (reason === 'first') return false
  return (
    (status === 'void' && policy.voidedRenewal === 'keep') ||
    (status === 'uncollectible' && policy.writtenOffRenewal === 'keep')
  )
}

// After a trial the first charge is Stripe's second invoice: the first asked for nothing.
function owesFor({ invoices, trialEnd }: Billed, debt: BilledInvoice): Payment['owes'] {
  if (debt.reason === 'first') return 'first'
  const before = invoices.slice(invoices.indexOf(debt) + 1).filter(isPeriod)
  const gaveTrial = before.every(
    ({ total, created }) => total === 0 && trialEnd !== null && created < trialEnd,
  )
  return before.at(-1)?.reason === 'first' && gaveTrial ? 'conversion' : 'renewal'
}

function owed(invoice: BilledInvoice, owes: Payment['owes']) {
  return {
    payment: stateOf(invoice),
    owes,
    owedSince: invoice.finalizedAt ?? invoice.created,
    dueAt: invoice.dueDate,
  }
}

function settled(newest: BilledInvoice | undefined) {
  const payment: PaymentState = newest?.reversed ?? 'settled'
  return { payment, owes: null, owedSince: null, dueAt: null }
}

function stateOf({ status, sent }: BilledInvoice): PaymentState {
  if (status === 'void' || status === 'uncollectible') return status
  if (sent) return 'sent'
  // A word that Stripe adds later is no proof that money came.
  return status === 'draft' ? 'draft' : 'open'
}

function coveredBy(paid: readonly BilledInvoice[], billed: Billed): string | null {
  for (const invoice of paid) {
    const [best] = planLines(invoice, billed).toSorted(
      (a, b) => tierRank(b.tier) - tierRank(a.tier),
    )
    if (best) return best.tier
  }
  return null
}

// The end of what the plan was paid for: an add-on may be paid for longer.
function paidThrough(paid: readonly BilledInvoice[], billed: Billed): Date | null {
  const lines = paid.flatMap((invoice) => planLines(invoice, billed))
  return lines.length > 0 ? new Date(Math.max(...lines.map(({ until }) => until.getTime()))) : null
}

// What was credited for an old plan stands there with a minus, and a quantity of none is no plan.
function planLines({ lines, reason }: BilledInvoice, { tierOfPrice }: Billed) {
  if (reason === 'other') return []
  return lines.flatMap(({ priceId, amount, quantity, until }) => {
    const tier = priceId && amount >= 0 && quantity > 0 ? tierOfPrice(priceId) : null
    return tier ? [{ tier, until }] : []
  })
}
