import type Stripe from 'stripe'
import { fromUnix } from '@/lib/clock'
import { type CustomerId, type InvoiceId, parseInvoiceId } from '@/lib/ids'
import type { Money } from '@/lib/money'
import { callStripe } from './call'
import { type GivenBack, givenBackOf, NOTHING_BACK } from './given-back'
import { hasOrder } from './has-order'
import { carriedOn } from './invoice-preview'
import { type InvoiceStatus, parseInvoiceStatus } from './invoice-status'
import { hostedUrl } from './invoices'
import { dateOf } from './read'
import { stripeUrl } from './stripe-url'

/** An invoice as a list of them shows it. */
export type ListedInvoice = {
  id: InvoiceId
  /** What its customer and its paper call it; null before it is final. */
  number: string | null
  status: InvoiceStatus | 'unknown'
  created: Date
  dueDate: Date | null
  /** Stripe's word for what it was made for, such as `subscription_cycle`. */
  billingReason: string | null
  /** After discounts and taxes, before the customer's credit balance; below zero where credit is given. */
  total: Money
  remaining: Money
  /** Money that arrived; credit that was there is not in it. */
  paid: Money
  /** What of it went back since. */
  back: GivenBack
  /** What credit notes took off before it was paid. */
  takenOff: Money
  /** What was too little to be charged: it is owed with the next invoice. */
  carried: Money
  /** Stripe's words for its lines, as far as Stripe lists them on the invoice itself. */
  lines: { text: string | null; isProration: boolean }[]
  /** The bank has an order to pay it and has not answered; said only of those that are open. */
  isProcessing: boolean
  /** Stripe's page of it; null where it has none. */
  pageUrl: string | null
  pdfUrl: string | null
}

/** Everything that a customer has to pay, newest first; at most 20, each with what its bank says of it. */
export async function listUnpaid(customer: CustomerId): Promise<ListedInvoice[]> {
  const [open, processing] = await callStripe(async (stripe) => {
    const { data } = await stripe.invoices.list({ customer, status: 'open', limit: 20 })
    const waits = await Promise.all(data.map(({ id }) => hasOrder(stripe, id)))
    return [data, waits] as const
  })
  return open.map((invoice, n) => listed(invoice, { isProcessing: processing[n] ?? false }))
}

/**
 * A customer's invoices that are settled one way or the other or not final yet, newest first. `after`: the
 * last one of the page before.
 * @throws {NotFound} there is no such invoice to go on from
 */
export async function listOtherInvoices(
  customer: CustomerId,
  { after, limit }: { after: InvoiceId | null; limit: number },
): Promise<{ invoices: ListedInvoice[]; next: InvoiceId | null }> {
  const { data, has_more } = await callStripe((stripe) =>
    stripe.invoices.list({
      ...{ customer, limit, expand: ['data.payments'] },
      ...(after ? { starting_after: after } : {}),
    }),
  )
  const last = data.at(-1)
  const others = data.filter(({ status }) => status !== 'open')
  const back = await givenBackOf(customer, others)
  return {
    invoices: others.map((each) => listed(each, { back: back.get(String(each.id)) })),
    next: has_more && last ? parseInvoiceId(last.id) : null,
  }
}

/** A customer's newest invoices, whatever became of them, and nothing of what their banks say of open ones. */
export async function listNewestInvoices(
  customer: CustomerId,
  limit: number,
): Promise<ListedInvoice[]> {
  const { data } = await callStripe((stripe) =>
    stripe.invoices.list({ customer, limit, expand: ['data.payments'] }),
  )
  const back = await givenBackOf(customer, data)
  return data.map((invoice) => listed(invoice, { back: back.get(String(invoice.id)) }))
}

type Known = { isProcessing?: boolean; back?: GivenBack | undefined }

function listed(
  invoice: Stripe.Invoice,
  { isProcessing = false, back = NOTHING_BACK }: Known,
): ListedInvoice {
  const { currency } = invoice
  return {
    id: parseInvoiceId(invoice.id),
    number: invoice.number,
    status: invoice.status === null ? 'unknown' : parseInvoiceStatus(invoice.status),
    created: fromUnix(invoice.created),
    dueDate: dateOf(invoice.due_date),
    billingReason: invoice.billing_reason,
    total: { amount: invoice.total, currency },
    remaining: { amount: invoice.amount_remaining, currency },
    paid: { amount: invoice.amount_paid, currency },
    back,
    takenOff: { amount: invoice.pre_payment_credit_notes_amount, currency },
    carried: { amount: carriedOn(invoice), currency },
    lines: invoice.lines.data.map(({ description, parent }) => {
      const details = parent?.subscription_item_details ?? parent?.invoice_item_details
      return { text: description, isProration: details?.proration ?? false }
    }),
    isProcessing,
    pageUrl: hostedUrl(invoice),
    pdfUrl: stripeUrl(invoice.invoice_pdf),
  }
}
