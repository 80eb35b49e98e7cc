import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { metadata, withMetadata } from '@/sandbox/http/metadata'
import { missing, type Read, readShape, required } from '@/sandbox/http/rule'
import { clearable, hash, list, oneOf, text } from '@/sandbox/http/rules'
import { idOf } from '@/sandbox/ids'
import { addUpDraft, putOnDraft } from '@/sandbox/lifecycle/invoice/draft-items'
import { invoiceItemOf } from '@/sandbox/lifecycle/tax/rates-of'
import { askedFields } from '@/sandbox/objects/invoice-item'
import type { Tx } from '@/sandbox/store/transaction'
import { startInvoiceItem } from './invoice-item-create'
import { askedOf, askedOfPrice, discountItem, ITEM } from './invoice-item-params'
import { LINE } from './invoice-params'
import { inlinePrice } from './price-data'
import { ratesNamed } from './tax-rates'

export const addInvoiceLines = endpoint(
  'POST',
  '/v1/invoices/:id/add_lines',
  { lines: required(list(hash(LINE), 250)), invoice_metadata: clearable(metadata()) },
  ({ tx, id, params }) => {
    const invoice = draft(tx, id)
    invoice.metadata = withMetadata(invoice.metadata, params.invoice_metadata)
    for (const [nth, line] of params.lines.entries()) add(tx, invoice, line, `lines[${nth}]`)
    return invoice
  },
)

export const removeInvoiceLines = endpoint(
  'POST',
  '/v1/invoices/:id/remove_lines',
  {
    lines: required(
      list(hash({ id: required(text()), behavior: required(oneOf('delete', 'unassign')) }), 250),
    ),
    invoice_metadata: clearable(metadata()),
  },
  ({ tx, id, params }) => {
    const invoice = draft(tx, id)
    invoice.metadata = withMetadata(invoice.metadata, params.invoice_metadata)
    for (const { id: line, behavior } of params.lines) {
      const item = invoiceItemOf(lineOf(invoice, line))
      invoice.lines.data = invoice.lines.data.filter((row) => row.id !== line)
      if (item === null) continue
      if (behavior === 'unassign') tx.edit('invoiceitem', item).invoice = null
      else tx.remove('invoiceitem', item)
    }
    addUpDraft(tx, invoice)
    return invoice
  },
)

export const updateInvoiceLines = endpoint(
  'POST',
  '/v1/invoices/:id/update_lines',
  {
    lines: required(list(hash({ ...CHANGE(), id: required(text()) }), 250)),
    invoice_metadata: clearable(metadata()),
  },
  ({ tx, id, params }) => {
    const invoice = draft(tx, id)
    invoice.metadata = withMetadata(invoice.metadata, params.invoice_metadata)
    for (const line of params.lines) change(tx, invoice, lineOf(invoice, line.id), line)
    addUpDraft(tx, invoice)
    return invoice
  },
)

export const updateInvoiceLine = endpoint(
  'POST',
  '/v1/invoices/:id/lines/:line',
  CHANGE(),
  ({ tx, ids, params }) => {
    const invoice = draft(tx, ids[0] ?? '')
    const line = lineOf(invoice, ids[1] ?? '')
    change(tx, invoice, line, params)
    addUpDraft(tx, invoice)
    return lineOf(invoice, line.id)
  },
)

function CHANGE() {
  const { invoice_item: _item, ...changeable } = LINE
  return changeable
}

type Change = Read<ReturnType<typeof CHANGE>>

function draft(tx: Tx, id: string): Stripe.Invoice {
  const invoice = tx.edit('invoice', id)
  if (invoice.status === 'draft') return invoice
  throw ApiError.invalid(
    'The lines of a finalized invoice are fixed.',
    undefined,
    'invoice_not_editable',
  )
}

function lineOf(invoice: Stripe.Invoice, id: string): Stripe.InvoiceLineItem {
  const line = invoice.lines.data.find((row) => row.id === id)
  if (line) return line
  throw ApiError.invalid(`The invoice has no line '${id}'.`, 'lines', 'resource_missing')
}

function add(tx: Tx, invoice: Stripe.Invoice, line: Read<typeof LINE>, param: string) {
  if (line.invoice_item !== undefined) {
    const item = tx.edit('invoiceitem', line.invoice_item)
    item.invoice = invoice.id
    return putOnDraft(tx, invoice.id, item)
  }
  const price = priceOf(tx, line, param)
  const item = startInvoiceItem({
    tx,
    params: {
      ...readShape(ITEM, {}),
      amount: line.amount,
      ...(price === undefined ? {} : { pricing: { price } }),
      description: line.description,
      discountable: line.discountable,
      discounts: line.discounts,
      metadata: line.metadata,
      period: line.period,
      quantity: line.quantity,
      currency: invoice.currency,
      customer: idOf(invoice.customer ?? ''),
      invoice: invoice.id,
      subscription: undefined,
    },
    inline: line.price_data !== undefined,
  })
  tx.edit('invoiceitem', item.id).tax_rates = ratesNamed(tx, line.tax_rates, `${param}[tax_rates]`)
  addUpDraft(tx, invoice)
}

function priceOf(tx: Tx, { price_data, pricing }: Change, param: string): string | undefined {
  return price_data ? inlinePrice(tx, price_data, `${param}[price_data]`) : pricing?.price
}

function change(tx: Tx, invoice: Stripe.Invoice, line: Stripe.InvoiceLineItem, asked: Change) {
  const item = invoiceItemOf(line)
  line.description = asked.description ?? line.description
  line.discountable = asked.discountable ?? line.discountable
  line.metadata = withMetadata(line.metadata, asked.metadata)
  line.period = asked.period ?? line.period
  if (item && asked.discounts !== undefined) {
    discountItem(tx, tx.edit('invoiceitem', item), asked.discounts)
    line.discounts = (tx.get('invoiceitem', item).discounts ?? []).map(idOf)
  }
  if (item && asked.tax_rates !== undefined)
    tx.edit('invoiceitem', item).tax_rates = ratesNamed(tx, asked.tax_rates, 'tax_rates')
  const price = priceOf(tx, asked, 'lines[0]')
  const kept = line.pricing?.price_details?.price
  const says = (asked.amount ?? price ?? asked.quantity) !== undefined
  if (!says) return
  const priced = price ?? (asked.amount === undefined ? kept : undefined)
  const next = priced
    ? askedOfPrice(tx.get('price', idOf(priced)), asked.quantity ?? line.quantity ?? 1)
    : askedOf(tx, { ...readShape(ITEM, {}), amount: asked.amount }, invoice.currency)
  if (!next) throw missing('amount')
  const { amount, pricing, quantity, quantity_decimal } = askedFields(next)
  Object.assign(line, { amount, subtotal: amount, pricing, quantity, quantity_decimal })
  if (item) Object.assign(tx.edit('invoiceitem', item), askedFields(next))
}
