import type Stripe from 'stripe'
import { fromUnix } from '@/lib/clock'
import { type InvoiceId, parseInvoiceId } from '@/lib/ids'
import { type InvoiceStatus, parseInvoiceStatus } from './invoice-status'
import { dateOf, idOf } from './read'

/** An invoice of a subscription, as far as it says what was paid for. Amounts in minor units. */
export type BilledInvoice = {
  id: InvoiceId
  status: InvoiceStatus | 'unknown'
  reason: BillingReason
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
  lines: BilledLine[]
  /** Whether the whole of it went back; null also where nobody asked. */
  reversed: Reversal | null
}

export type BilledLine = {
  /** Not parsed: plans from before prices have ids of any form. */
  priceId: string | null
  amount: number
  quantity: number
  /** The end of what it pays for. */
  until: Date
}

/** `first`: it began the subscription. `change`: a plan or quantity was changed in the middle of a period. */
export type BillingReason = 'first' | 'renewal' | 'change' | 'other'

export type Reversal = 'refunded' | 'dispute_lost'

export function billedInvoice(invoice: Stripe.Invoice): BilledInvoice {
  return {
    id: parseInvoiceId(invoice.id),
    status: invoice.status === null ? 'unknown' : parseInvoiceStatus(invoice.status),
    reason: REASONS.get(invoice.billing_reason ?? '') ?? 'other',
    sent: invoice.collection_method === 'send_invoice',
    created: fromUnix(invoice.created),
    finalizedAt: dateOf(invoice.status_transitions.finalized_at),
    dueDate: dateOf(invoice.due_date),
    total: invoice.total,
    paid: Math.max(invoice.amount_paid, invoice.amount_paid_off_stripe ?? 0),
    lines: invoice.lines.data.map(billedLine),
    reversed: null,
  }
}

function billedLine({ pricing, amount, quantity, period }: Stripe.InvoiceLineItem): BilledLine {
  return {
    priceId: idOf(pricing?.price_details?.price),
    amount,
    quantity: quantity ?? 1,
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
