import type Stripe from 'stripe'
import { fromUnix } from '@/lib/clock'
import { type InvoiceId, parseInvoiceId } from '@/lib/ids'
import { carriedOn } from './invoice-preview'
import { type InvoiceStatus, parseInvoiceStatus } from './invoice-status'
import { dateOf, idOf } from './read'

/** An invoice of a subscription, as far as it says what was paid for. Amounts in minor units. */
export type BilledInvoice = {
  id: InvoiceId
  /** Null: of no subscription. */
  subscriptionId: string | null
  status: InvoiceStatus | 'unknown'
  reason: BillingReason
  /**
   * Made while collection was paused, so that no one was asked to pay it: by what became of it, no
   * matter who set the pause.
   */
  skipped: boolean
  /** Sent to be paid until its due date, instead of being charged. */
  sent: boolean
  created: Date
  finalizedAt: Date | null
  /** Only for invoices that are sent to be paid; a card is charged at once. */
  dueDate: Date | null
  /** After discounts and taxes, before the customer's credit balance. */
  total: number
  /** Money that arrived, by Stripe or outside of it; credit balance is none. */
  paid: number
  /** What is still asked for; of one that was voided or written off: what was. */
  missing: number
  /** The customer's credit balance before it and after it; none is 0. */
  credit: { before: number; after: number }
  /** What was too little to be charged: owed with the next invoice, though Stripe calls this one paid. */
  carried: number
  /**
   * Which part of what it asks for is there, from 0 to 1: money, or credit that was paid for or given.
   * Credit for what was never paid is none.
   */
  share: number
  lines: BilledLine[]
  /** Whether the whole of it went back; null also where it was not read. */
  reversed: Reversal | null
}

export type BilledLine = {
  /** Not parsed: plans from before prices have ids of any form. */
  priceId: string | null
  /** With a minus where it gives credit for time that is not used. */
  amount: number
  quantity: number
  /** Reckoned for a part of a period, because something was changed in it. */
  proration: boolean
  from: Date
  /** The end of what it pays for. */
  until: Date
}

/** `first`: it began the subscription. `change`: a plan or quantity was changed in the middle of a period. */
export type BillingReason = 'first' | 'renewal' | 'change' | 'other'

export type Reversal = 'refunded' | 'dispute_lost'

/** `lines`: all of them. Stripe shows ten on the invoice itself, and a period's own may be the eleventh. */
export function billedInvoice(
  invoice: Stripe.Invoice,
  lines: readonly Stripe.InvoiceLineItem[],
): BilledInvoice {
  return {
    id: parseInvoiceId(invoice.id),
    subscriptionId: idOf(invoice.parent?.subscription_details?.subscription),
    status: invoice.status === null ? 'unknown' : parseInvoiceStatus(invoice.status),
    reason: REASONS.get(invoice.billing_reason ?? '') ?? 'other',
    skipped: isSkipped(invoice),
    sent: invoice.collection_method === 'send_invoice',
    created: fromUnix(invoice.created),
    finalizedAt: dateOf(invoice.status_transitions.finalized_at),
    dueDate: dateOf(invoice.due_date),
    total: invoice.total,
    paid: Math.max(invoice.amount_paid, invoice.amount_paid_off_stripe ?? 0),
    missing: invoice.status === 'paid' ? 0 : invoice.amount_remaining,
    carried: carriedOn(invoice),
    // Stripe writes credit as a balance below zero, and nothing for the time after a draft.
    credit: {
      before: Math.max(0, -invoice.starting_balance),
      after: Math.max(0, -(invoice.ending_balance ?? invoice.starting_balance)),
    },
    share: invoice.status === 'paid' ? 1 : 0,
    lines: netted(lines.map(billedLine)),
    reversed: null,
  }
}

// A pause of collection voids an invoice, or writes it off, in the step that finalizes it, or leaves it a draft that
// goes no further. An operator does so later, and mostly after a charge was tried.
const AT_ONCE_SECONDS = 300

/** Whether a pause of collection let an invoice pass. Stripe keeps no word of that but its own instants. */
export function isSkipped({
  status,
  attempted,
  auto_advance: advances,
  status_transitions: { finalized_at: finalized, voided_at, marked_uncollectible_at: writtenOff },
}: Stripe.Invoice): boolean {
  if (status === 'draft') return advances === false
  const given = status === 'void' ? voided_at : status === 'uncollectible' ? writtenOff : null
  return given !== null && !attempted && given - (finalized ?? given) <= AT_ONCE_SECONDS
}

// A plan that was taken and given up again before it was billed is asked for and credited on one
// invoice: nothing was bought with it.
function netted(lines: BilledLine[]): BilledLine[] {
  const groups = new Map<string, BilledLine[]>()
  for (const line of lines) {
    const key = `${line.priceId} ${line.until.getTime()}`
    groups.set(key, [...(groups.get(key) ?? []), line])
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    const asked = group.findLast(({ amount }) => amount >= 0)
    const amount = group.reduce((sum, line) => sum + line.amount, 0)
    const cancels = group.length > 1 && amount === 0
    return first && !cancels ? [{ ...(asked ?? first), amount }] : []
  })
}

function billedLine(line: Stripe.InvoiceLineItem): BilledLine {
  const { pricing, amount, quantity, period, parent } = line
  const details = parent?.subscription_item_details ?? parent?.invoice_item_details
  return {
    priceId: idOf(pricing?.price_details?.price),
    amount,
    quantity: quantity ?? 1,
    proration: details?.proration ?? false,
    from: fromUnix(period.start),
    until: fromUnix(period.end),
  }
}

// Stripe's words for why it made an invoice. What is not here is not for a plan's own price.
const REASONS: ReadonlyMap<string, BillingReason> = new Map([
  ['subscription_create', 'first'],
  // A quote that was accepted begins a subscription.
  ['quote_accept', 'first'],
  ['subscription_cycle', 'renewal'],
  ['subscription_update', 'change'],
])
