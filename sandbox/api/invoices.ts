import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { page, pageInOrder, paging, range, within } from '@/sandbox/http/listing'
import { flag, oneOf, text } from '@/sandbox/http/rules'
import { idOf, optionalId } from '@/sandbox/ids'
import { finalizeByHand } from '@/sandbox/lifecycle/invoice/finalize-by-hand'
import { payByHand } from '@/sandbox/lifecycle/invoice/pay-by-hand'
import { payOutOfBand } from '@/sandbox/lifecycle/invoice/pay-out-of-band'
import { voidInvoice } from '@/sandbox/lifecycle/invoice/void'
import type { Settings } from '@/sandbox/settings'
import type { Tx } from '@/sandbox/store/transaction'
import { paymentRefused } from './card-refused'
import { PREVIEW, previewInvoice } from './invoice-preview'
import { ownMethod } from './references'

export const previewInvoices = endpoint(
  'POST',
  '/v1/invoices/create_preview',
  PREVIEW,
  previewInvoice,
)

export const getInvoice = endpoint('GET', '/v1/invoices/:id', {}, ({ tx, id }) =>
  tx.get('invoice', id),
)

export const listInvoiceLines = endpoint(
  'GET',
  '/v1/invoices/:id/lines',
  paging,
  ({ tx, id, params }) =>
    pageInOrder(tx.get('invoice', id).lines.data, params, `/v1/invoices/${id}/lines`),
)

export const listInvoices = endpoint(
  'GET',
  '/v1/invoices',
  {
    ...paging,
    collection_method: text(),
    created: range(),
    customer: text(),
    due_date: range(),
    status: oneOf('draft', 'open', 'paid', 'uncollectible', 'void'),
    subscription: text(),
  },
  ({ tx, params }) =>
    page(
      tx.all('invoice'),
      params,
      '/v1/invoices',
      (row) =>
        (params.customer === undefined || optionalId(row.customer) === params.customer) &&
        (params.collection_method === undefined ||
          row.collection_method === params.collection_method) &&
        (params.status === undefined || row.status === params.status) &&
        (params.subscription === undefined ||
          optionalId(row.parent?.subscription_details?.subscription) === params.subscription) &&
        (params.due_date === undefined ||
          (row.due_date !== null && within(row.due_date, params.due_date))) &&
        within(row.created, params.created),
    ),
)

export const payInvoice = endpoint(
  'POST',
  '/v1/invoices/:id/pay',
  {
    payment_method: text(),
    off_session: flag(),
    paid_out_of_band: flag(),
  },
  ({ tx, id, params, settings }) => {
    const draft = tx.get('invoice', id).status === 'draft'
    if (draft) openToPay(tx, settings, id)
    const invoice = tx.get('invoice', id)
    // A draft of nothing is paid by being finalized.
    if (draft && invoice.status === 'paid') return invoice
    if (invoice.status === 'paid')
      throw ApiError.invalid('Invoice is already paid', undefined, 'invoice_already_paid')
    if (invoice.status !== 'open' && invoice.status !== 'uncollectible')
      throw ApiError.invalid(
        `Invoices with status ${invoice.status} cannot be paid.`,
        undefined,
        'invoice_not_editable',
      )
    if (params.paid_out_of_band) return payOutOfBand(tx, id)
    const method =
      params.payment_method &&
      ownMethod(tx, params.payment_method, idOf(invoice.customer ?? ''), 'payment_method')
    const decline = payByHand(tx, id, method ?? null)
    if (decline) throw paymentRefused(decline, 'invoice', true)
    return tx.get('invoice', id)
  },
)

/** Paying a draft finalizes it first; what the schedule was to do an hour later is done then. */
function openToPay(tx: Tx, settings: Settings, id: string) {
  finalizeByHand(tx, settings, id, undefined)
  tx.edit('invoice', id).next_payment_attempt = null
}

export const voidOpenInvoice = endpoint('POST', '/v1/invoices/:id/void', {}, ({ tx, id }) => {
  const { status } = tx.get('invoice', id)
  if (status !== 'open' && status !== 'uncollectible') {
    throw ApiError.invalid(
      `You can only pass in open invoices. This invoice isn't open.`,
      undefined,
      'invoice_not_editable',
    )
  }
  voidInvoice(tx, id)
  return tx.get('invoice', id)
})
