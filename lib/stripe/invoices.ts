import Stripe from 'stripe'
import { fromUnix, toUnix } from '@/lib/clock'
import {
  type CustomerId,
  type InvoiceId,
  parseCustomerId,
  parseInvoiceId,
  parseSubscriptionId,
  type SubscriptionId,
} from '@/lib/ids'
import type { Money } from '@/lib/money'
import { callStripe } from './call'
import { orderedAt } from './has-order'
import { carriedOn } from './invoice-preview'
import { type InvoiceStatus, parseInvoiceStatus } from './invoice-status'
import { dateOf, idOf } from './read'
import { stripeUrl } from './stripe-url'
import { type SubscriptionNow, subscriptionNow } from './subscription-now'
import { underKey } from './under-key'

export type InvoiceSnapshot = {
  id: InvoiceId
  customerId: CustomerId | null
  status: InvoiceStatus | 'unknown' | null
  created: Date
  /** Stripe's word for what it was made for, such as `subscription_cycle`. */
  billingReason: string | null
  /** What is still to be paid. */
  remaining: Money
  /** What was paid, by whatever means; credit that was there is not in it. */
  paid: Money
  paidAt: Date | null
  /** What was too little to be charged: it is owed with the next invoice. */
  carried: Money
  /** The bank has an order to pay it and has not answered yet, which takes days with a debit. */
  isProcessing: boolean
  /** The bank wants its customer to confirm the payment. */
  isConfirming: boolean
  /** How often Stripe has asked the bank by itself; a payment by hand counts only as the first. */
  attempts: number
  /** When Stripe asks the bank again by itself; null when it does not. */
  nextAttempt: Date | null
  /** Null for an invoice that belongs to no subscription. */
  subscriptionId: SubscriptionId | null
  /** Its subscription as it is at this moment. */
  subscription: SubscriptionNow | null
  /** Stripe's page to pay or confirm it; null unless it is really Stripe's. */
  payUrl: string | null
}

/** @throws {NotFound} Stripe does not have it */
export async function retrieveInvoice(id: InvoiceId): Promise<InvoiceSnapshot> {
  const expand = [
    'parent.subscription_details.subscription',
    'payments.data.payment.payment_intent',
  ]
  return snapshot(await callStripe((stripe) => stripe.invoices.retrieve(id, { expand })))
}

/** The invoices of a subscription that are open, newest first. */
export async function listOpenInvoices(subscription: SubscriptionId): Promise<InvoiceId[]> {
  const invoices = await callStripe((stripe) =>
    stripe.invoices
      .list({ subscription, status: 'open', limit: 100 })
      .autoPagingToArray({ limit: 1000 }),
  )
  return invoices.map(({ id }) => parseInvoiceId(id))
}

/** The paid invoices of a subscription since an instant, the newest first: its changes bring some of their own. */
export async function listPaidInvoices(
  subscription: SubscriptionId,
  since: Date,
): Promise<InvoiceId[]> {
  const created = { gte: toUnix(since) }
  const invoices = await callStripe((stripe) =>
    stripe.invoices
      .list({ subscription, status: 'paid', created, limit: 100 })
      .autoPagingToArray({ limit: 1000 }),
  )
  return invoices.map(({ id }) => parseInvoiceId(id))
}

/** One open invoice. */
export type OneOpen = Pick<
  InvoiceSnapshot,
  'id' | 'remaining' | 'nextAttempt' | 'payUrl' | 'billingReason' | 'isProcessing'
>

/** What is open of a subscription: its newest open invoice, and those before it. */
export type OpenInvoice = OneOpen & {
  /** Since when the bank has its order; null where it has none. */
  processingSince: Date | null
  /** Others that are to be paid, the oldest first: paying the newest alone brings a plan back, and leaves them open. */
  earlier?: readonly OneOpen[]
}

// A plan that is late makes one a period, and Stripe gives up after some weeks.
const MOST_OPEN = 20

/** The newest that is to be paid; where all are with their banks, the newest of these. A call, and one for each. */
export async function findOpenInvoice(subscription: SubscriptionId): Promise<OpenInvoice | null> {
  const { data } = await callStripe((stripe) =>
    stripe.invoices.list({ subscription, status: 'open', limit: MOST_OPEN }),
  )
  const all = await Promise.all(data.map(openInvoice))
  const [newest, ...before] = all.filter(({ isProcessing }) => !isProcessing)
  if (!newest) return all[0] ?? null
  return before.length > 0 ? { ...newest, earlier: before.toReversed() } : newest
}

async function openInvoice(invoice: Stripe.Invoice): Promise<OpenInvoice> {
  const { id, remaining, nextAttempt, payUrl, billingReason } = snapshot(invoice)
  // A list of invoices does not say it: Stripe expands four levels, and this is the fifth.
  const processingSince = await callStripe((stripe) => orderedAt(stripe, id))
  const isProcessing = processingSince !== null
  return { id, remaining, nextAttempt, payUrl, billingReason, isProcessing, processingSince }
}

/**
 * Makes an open invoice as if it had never been asked for, or writes it off as a bad debt. Asked again
 * after a crash it answers as it did the first time. False: it is not open, and not by this call.
 */
export function settleInvoice(id: InvoiceId, as: 'void' | 'uncollectible'): Promise<boolean> {
  return callStripe(async (stripe) => {
    try {
      await underKey(`${as}:${id}`, (options) =>
        as === 'void'
          ? stripe.invoices.voidInvoice(id, {}, options)
          : stripe.invoices.markUncollectible(id, {}, options),
      )
      return true
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error
      // The refusal says that it is not open; if it is, the refusal is about something else.
      const { status } = await stripe.invoices.retrieve(id)
      if (status === 'open') throw error
      return false
    }
  })
}

function snapshot(invoice: Stripe.Invoice): InvoiceSnapshot {
  const { currency } = invoice
  const subscription = invoice.parent?.subscription_details?.subscription ?? null
  const subscriptionId = idOf(subscription)
  const customer = idOf(invoice.customer)
  return {
    id: parseInvoiceId(invoice.id),
    customerId: customer === null ? null : parseCustomerId(customer),
    status: invoice.status === null ? null : parseInvoiceStatus(invoice.status),
    created: fromUnix(invoice.created),
    billingReason: invoice.billing_reason,
    remaining: { amount: invoice.amount_remaining, currency },
    paid: { amount: invoice.amount_paid, currency },
    paidAt: dateOf(invoice.status_transitions.paid_at),
    carried: { amount: carriedOn(invoice), currency },
    isProcessing: hasIntent(invoice, 'processing'),
    isConfirming: hasIntent(invoice, 'requires_action'),
    attempts: invoice.attempt_count,
    nextAttempt: dateOf(invoice.next_payment_attempt),
    subscriptionId: subscriptionId === null ? null : parseSubscriptionId(subscriptionId),
    subscription:
      subscription && typeof subscription === 'object' ? subscriptionNow(subscription) : null,
    payUrl: hostedUrl(invoice),
  }
}

function hasIntent({ payments }: Stripe.Invoice, status: Stripe.PaymentIntent.Status): boolean {
  return (payments?.data ?? []).some(({ payment }) => {
    const intent = payment.payment_intent
    return typeof intent === 'object' && intent.status === status
  })
}

/** Stripe's page of an invoice, to pay it or to read it. */
export function hostedUrl({ hosted_invoice_url: url }: Stripe.Invoice): string | null {
  return stripeUrl(url)
}
