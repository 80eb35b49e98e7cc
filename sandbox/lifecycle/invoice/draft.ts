import type Stripe from 'stripe'
import { idOf, newId } from '@/sandbox/ids'
import { discountsOf, discountsOfItems } from '@/sandbox/lifecycle/discount/of-subscription'
import { spendDiscounts } from '@/sandbox/lifecycle/discount/spend'
import { keepRates } from '@/sandbox/lifecycle/tax/apply-taxes'
import { newInvoice } from '@/sandbox/objects/invoice'
import type { Tx } from '@/sandbox/store/transaction'
import { addUp, rulesFor } from './add-up'
import { keepProrations } from './keep-prorations'
import { pendingLine } from './pending-items'
import { waitingFor } from './waiting'

const DAY = 86_400

interface Draft {
  reason: Stripe.Invoice.BillingReason
  /** Makes the lines for the invoice of this id. */
  lines: (invoice: string) => Stripe.InvoiceLineItem[]
  period?: { start: number; end: number }
  prorationDate?: number
  /** Nothing that waits goes on it, because another sum was agreed on. */
  alone?: boolean
}

/** Writes a draft invoice of a subscription, and makes it the subscription's latest. Pending items go on it. */
export function draftInvoice(tx: Tx, subscriptionId: string, draft: Draft): Stripe.Invoice {
  const subscription = tx.edit('subscription', subscriptionId)
  const invoice = tx.insert('invoice', buildInvoice(tx, subscription, newId('in'), draft))
  keepRates(tx, invoice.lines.data, rulesFor(tx, subscription))
  keepProrations(tx, invoice)
  spendDiscounts(tx, subscription, invoice.total_discount_amounts ?? [])
  for (const item of draft.alone ? [] : waitingFor(tx, subscription))
    tx.edit('invoiceitem', item.id).invoice = invoice.id
  subscription.latest_invoice = invoice.id
  return invoice
}

/** The invoice that `draftInvoice` would write, without writing it. */
export function buildInvoice(
  tx: Tx,
  subscription: Stripe.Subscription,
  id: string,
  draft: Draft,
): Stripe.Invoice {
  const customer = tx.get('customer', idOf(subscription.customer))
  const waiting = draft.alone ? [] : waitingFor(tx, subscription)
  const lines = [...waiting.map((item) => pendingLine(id, item)), ...draft.lines(id)]
  const at = draft.period?.end ?? tx.now
  const discounts = discountsOf(tx, subscription, at)
  const own = discountsOfItems(tx, [...subscription.items.data, ...waiting], at).filter(({ id }) =>
    lines.some((line) => line.discounts.some((entry) => idOf(entry) === id)),
  )
  const sums = addUp(tx, lines, [...own, ...discounts], rulesFor(tx, subscription))
  return newInvoice(tx.now, customer, {
    id,
    billing_reason: draft.reason,
    currency: subscription.currency,
    customer: customer.id,
    default_payment_method: null,
    collection_method: subscription.collection_method,
    due_date:
      subscription.collection_method === 'send_invoice'
        ? tx.now + (subscription.days_until_due ?? 0) * DAY
        : null,
    discounts: discounts.map((discount) => discount.id),
    default_tax_rates: subscription.default_tax_rates ?? [],
    ...sums,
    lines: { object: 'list', data: lines, has_more: false, url: `/v1/invoices/${id}/lines` },
    parent: {
      quote_details: null,
      subscription_details: {
        metadata: { ...subscription.metadata },
        subscription: subscription.id,
        ...(draft.prorationDate === undefined
          ? {}
          : { subscription_proration_date: draft.prorationDate }),
      },
      type: 'subscription_details',
    },
    ...(draft.period ? { period_start: draft.period.start, period_end: draft.period.end } : {}),
  })
}
