import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { page, paging, range, within } from '@/sandbox/http/listing'
import { withMetadata } from '@/sandbox/http/metadata'
import { type Read, required } from '@/sandbox/http/rule'
import { flag, text } from '@/sandbox/http/rules'
import { idOf, optionalId } from '@/sandbox/ids'
import { putOnDraft, takeOffDraft } from '@/sandbox/lifecycle/invoice/draft-items'
import { askedFields } from '@/sandbox/objects/invoice-item'
import type { Tx } from '@/sandbox/store/transaction'
import { startInvoiceItem } from './invoice-item-create'
import { askedOf, askedOfPrice, discountItem, ITEM } from './invoice-item-params'

const ITEMS = '/v1/invoiceitems'

export const createInvoiceItem = endpoint(
  'POST',
  ITEMS,
  {
    ...ITEM,
    currency: text(3),
    customer: required(text()),
    invoice: text(),
    subscription: text(),
  },
  startInvoiceItem,
)

export const getInvoiceItem = endpoint('GET', `${ITEMS}/:id`, {}, ({ tx, id }) =>
  tx.get('invoiceitem', id),
)

export const listInvoiceItems = endpoint(
  'GET',
  ITEMS,
  {
    ...paging,
    created: range(),
    customer: text(),
    invoice: text(),
    pending: flag(),
  },
  ({ tx, params }) =>
    page(
      tx.all('invoiceitem'),
      params,
      ITEMS,
      (row) =>
        (params.customer === undefined || idOf(row.customer) === params.customer) &&
        (params.invoice === undefined || optionalId(row.invoice) === params.invoice) &&
        (params.pending === undefined || (row.invoice === null) === params.pending) &&
        within(row.date, params.created),
    ),
)

export const updateInvoiceItem = endpoint(
  'POST',
  `${ITEMS}/:id`,
  { ...ITEM },
  ({ tx, id, params }) => {
    const draft = draftOf(tx, tx.get('invoiceitem', id))
    const item = tx.edit('invoiceitem', id)
    changeAmount(tx, item, params)
    const { description, discountable, period } = params
    if (description !== undefined) item.description = description
    if (discountable !== undefined) item.discountable = discountable
    if (period) item.period = period
    discountItem(tx, item, params.discounts)
    item.metadata = withMetadata(item.metadata, params.metadata)
    if (draft !== null) putOnDraft(tx, draft, item)
    return item
  },
)

export const deleteInvoiceItem = endpoint('DELETE', `${ITEMS}/:id`, {}, ({ tx, id }) => {
  const draft = draftOf(tx, tx.get('invoiceitem', id))
  if (draft !== null) takeOffDraft(tx, draft, id)
  tx.emit('invoiceitem.deleted', 'invoiceitem', id)
  tx.remove('invoiceitem', id)
  return { id, object: 'invoiceitem', deleted: true }
})

function changeAmount(tx: Tx, item: Stripe.InvoiceItem, params: Read<typeof ITEM>) {
  const { amount, pricing, period, quantity } = params
  const about = amount ?? pricing ?? quantity
  if (item.proration && (about !== undefined || period))
    throw ApiError.invalid('The amount and the period of a proration cannot be changed.')
  if (about === undefined) return
  const held = item.pricing?.price_details
  // The price that was made for an amount alone is of no use to anything else.
  const priced = held && tx.get('price', idOf(held.price)).active ? held : undefined
  const kept = !pricing && amount === undefined && priced
  if (!pricing && amount === undefined && !priced)
    throw ApiError.invalid('Only what has a price has a quantity.', 'quantity')
  const asked = kept
    ? askedOfPrice(tx.get('price', idOf(kept.price)), quantity ?? 1)
    : askedOf(tx, params, item.currency)
  if (asked) Object.assign(item, askedFields(asked))
}

/** The draft that an item is on, or null while it waits. What is on a finalized invoice is past changing. */
function draftOf(tx: Tx, { invoice }: Readonly<Stripe.InvoiceItem>): string | null {
  const id = optionalId(invoice)
  if (id === null || tx.get('invoice', id).status === 'draft') return id
  throw ApiError.invalid(
    `The invoice item is on the invoice ${id}, which is no longer editable.`,
    undefined,
    'invoice_not_editable',
  )
}
