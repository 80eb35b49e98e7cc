import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { withMetadata } from '@/sandbox/http/metadata'
import { missing, type Read } from '@/sandbox/http/rule'
import { idOf } from '@/sandbox/ids'
import { customerDiscounts } from '@/sandbox/lifecycle/discount/of-subscription'
import { redeem } from '@/sandbox/lifecycle/discount/redeem'
import { addUpDraft } from '@/sandbox/lifecycle/invoice/draft-items'
import { startInvoice } from '@/sandbox/lifecycle/invoice/start'
import type { Tx } from '@/sandbox/store/transaction'
import { grantOf } from './discount-params'
import { CREATE, DETAILS } from './invoice-params'
import { named, ownMethod } from './references'
import { automaticTax } from './subscription-given'
import { ratesNamed } from './tax-rates'

const DAY = 86_400
// Stripe leaves a draft that advances by itself open to change for about an hour.
const DRAFT_SECONDS = 3600

export const createInvoice = endpoint('POST', '/v1/invoices', CREATE, ({ tx, params }) => {
  const about = params.subscription
  const subscription = about === undefined ? null : named(tx, 'subscription', about, 'subscription')
  const id = params.customer ?? (subscription ? idOf(subscription.customer) : undefined)
  if (id === undefined) throw missing('customer')
  const customer = named(tx, 'customer', id, 'customer')
  const currency =
    params.currency?.toLowerCase() ?? subscription?.currency ?? customer.currency ?? 'usd'
  const parent: Stripe.Invoice.Parent | null = subscription && {
    quote_details: null,
    subscription_details: {
      metadata: { ...subscription.metadata },
      subscription: subscription.id,
    },
    type: 'subscription_details',
  }
  const includes = params.pending_invoice_items_behavior === 'include' || subscription !== null
  const invoice = startInvoice(tx, id, { currency, parent }, includes)
  if (params.discounts === undefined)
    invoice.discounts = customerDiscounts(tx, id, tx.now).map((discount) => discount.id)
  change(tx, invoice, params)
  return invoice
})

export const updateInvoice = endpoint('POST', '/v1/invoices/:id', DETAILS, ({ tx, id, params }) => {
  const invoice = tx.edit('invoice', id)
  const { metadata, auto_advance, ...others } = params
  const fixed = Object.values(others).some((value) => value !== undefined)
  if (invoice.status !== 'draft' && fixed)
    throw ApiError.invalid(
      'Finalized invoices can only have their metadata and auto_advance changed.',
      undefined,
      'invoice_not_editable',
    )
  if (invoice.status === 'draft') change(tx, invoice, params)
  else {
    invoice.metadata = withMetadata(invoice.metadata, metadata)
    if (auto_advance !== undefined) invoice.auto_advance = auto_advance
    tx.emit('invoice.updated', 'invoice', id)
  }
  return invoice
})

/** A draft can be thrown away; what was to be on it waits for the next one. */
export const deleteInvoice = endpoint('DELETE', '/v1/invoices/:id', {}, ({ tx, id }) => {
  const invoice = tx.get('invoice', id)
  if (invoice.status !== 'draft' || invoice.parent?.subscription_details)
    throw ApiError.invalid(
      'You can only delete a draft invoice that no subscription has made.',
      undefined,
      'invoice_not_editable',
    )
  for (const item of tx.by('invoiceitem', 'customer', idOf(invoice.customer ?? '')))
    if (item.invoice === id) tx.edit('invoiceitem', item.id).invoice = null
  tx.emit('invoice.deleted', 'invoice', id)
  tx.remove('invoice', id)
  return { id, object: 'invoice', deleted: true }
})

function change(tx: Tx, invoice: Stripe.Invoice, params: Partial<Read<typeof DETAILS>>) {
  const customer = tx.get('customer', idOf(invoice.customer ?? ''))
  const given = PLAIN.filter((field) => params[field] !== undefined)
  Object.assign(invoice, Object.fromEntries(given.map((field) => [field, params[field]])))
  invoice.metadata = withMetadata(invoice.metadata, params.metadata)
  if (params.default_payment_method)
    ownMethod(tx, params.default_payment_method, customer.id, 'default_payment_method')
  if (params.default_tax_rates !== undefined)
    invoice.default_tax_rates = ratesNamed(tx, params.default_tax_rates, 'default_tax_rates')
  if (params.automatic_tax)
    invoice.automatic_tax = {
      ...automaticTax(params.automatic_tax, customer),
      provider: null,
      status: null,
    }
  if (params.discounts !== undefined) setDiscounts(tx, invoice, params.discounts)
  setDue(tx, invoice, params)
  if (params.auto_advance !== undefined)
    invoice.automatically_finalizes_at = params.auto_advance ? tx.now + DRAFT_SECONDS : null
  addUpDraft(tx, invoice)
}

const PLAIN = [
  'auto_advance',
  'collection_method',
  'default_payment_method',
  'description',
  'footer',
  'statement_descriptor',
] as const

function setDue(
  tx: Tx,
  invoice: Stripe.Invoice,
  { days_until_due: days, due_date }: Partial<Read<typeof DETAILS>>,
) {
  const sends = invoice.collection_method === 'send_invoice'
  if (!sends && (days ?? due_date) !== undefined)
    throw ApiError.invalid(
      'You can only pass `days_until_due` or `due_date` with `collection_method: send_invoice`.',
      days === undefined ? 'due_date' : 'days_until_due',
    )
  if (due_date !== undefined) invoice.due_date = due_date
  else if (days !== undefined) invoice.due_date = tx.now + days * DAY
  else if (sends && invoice.due_date === null) throw missing('days_until_due')
}

function setDiscounts(tx: Tx, invoice: Stripe.Invoice, asked: Read<typeof DETAILS>['discounts']) {
  const customer = idOf(invoice.customer ?? '')
  const buyer = { customer, amount: invoice.subtotal, currency: invoice.currency }
  invoice.discounts = (asked ?? []).map((entry, nth) => {
    const grant = grantOf(tx, entry, buyer, `discounts[${nth}]`)
    return redeem(tx, { invoice: invoice.id, customer }, grant).id
  })
}
