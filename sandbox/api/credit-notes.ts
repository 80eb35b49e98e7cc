import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { page, pageInOrder, paging, range, within } from '@/sandbox/http/listing'
import { metadata, withMetadata } from '@/sandbox/http/metadata'
import { required } from '@/sandbox/http/rule'
import { hash, ignored, integer, list, oneOf, text } from '@/sandbox/http/rules'
import { idOf } from '@/sandbox/ids'
import { creditOf } from '@/sandbox/lifecycle/credit-note/credit'
import { issueCreditNote, newCreditNote } from '@/sandbox/lifecycle/credit-note/issue'
import { named } from './references'

const NOTES = '/v1/credit_notes'

const CREATE = {
  invoice: required(text()),
  amount: integer(1),
  credit_amount: integer(0),
  refund_amount: integer(0),
  out_of_band_amount: integer(0),
  lines: list(
    hash({
      type: required(oneOf('custom_line_item', 'invoice_line_item')),
      amount: integer(0),
      description: text(),
      invoice_line_item: text(),
      quantity: integer(0),
      unit_amount: integer(0),
    }),
  ),
  memo: text(),
  metadata: metadata(),
  reason: oneOf('duplicate', 'fraudulent', 'order_change', 'product_unsatisfactory'),
  email_type: oneOf('credit_note', 'none'),
  effective_at: ignored(),
}

export const createCreditNote = endpoint('POST', NOTES, CREATE, ({ tx, params }) => {
  const invoice = named(tx, 'invoice', params.invoice, 'invoice')
  return issueCreditNote(tx, invoice.id, creditOf(tx, invoice, params), {
    memo: params.memo ?? null,
    metadata: withMetadata({}, params.metadata),
    reason: params.reason ?? null,
  })
})

/** What the credit note would be. Nothing is written. */
export const previewCreditNote = endpoint('GET', `${NOTES}/preview`, CREATE, ({ tx, params }) => {
  const invoice = named(tx, 'invoice', params.invoice, 'invoice')
  return newCreditNote(tx, invoice, creditOf(tx, invoice, params), {
    memo: params.memo ?? null,
    reason: params.reason ?? null,
  })
})

export const getCreditNote = endpoint('GET', `${NOTES}/:id`, {}, ({ tx, id }) =>
  tx.get('credit_note', id),
)

export const updateCreditNote = endpoint(
  'POST',
  `${NOTES}/:id`,
  { memo: text(), metadata: metadata() },
  ({ tx, id, params }) => {
    const note = tx.edit('credit_note', id)
    note.memo = params.memo ?? note.memo
    note.metadata = withMetadata(note.metadata, params.metadata)
    tx.emit('credit_note.updated', 'credit_note', id)
    return note
  },
)

export const voidCreditNote = endpoint('POST', `${NOTES}/:id/void`, {}, ({ tx, id }) => {
  const note = tx.edit('credit_note', id)
  const invoice = tx.edit('invoice', idOf(note.invoice))
  if (note.status === 'void' || invoice.status !== 'open')
    throw ApiError.invalid('You can only void a credit note of an open invoice.')
  note.status = 'void'
  note.voided_at = tx.now
  invoice.pre_payment_credit_notes_amount -= note.total
  invoice.amount_due += note.total
  invoice.amount_remaining += note.total
  for (const { id: payment, status, payment: by } of tx.by(
    'invoice_payment',
    'invoice',
    invoice.id,
  ))
    if (status === 'open' && by.payment_intent) {
      tx.edit('invoice_payment', payment).amount_requested = invoice.amount_remaining
      tx.edit('payment_intent', idOf(by.payment_intent)).amount = invoice.amount_remaining
    }
  tx.emit('credit_note.voided', 'credit_note', id)
  tx.emit('invoice.updated', 'invoice', invoice.id)
  return note
})

export const listCreditNoteLines = endpoint(
  'GET',
  `${NOTES}/:id/lines`,
  paging,
  ({ tx, id, params }) =>
    pageInOrder(tx.get('credit_note', id).lines.data, params, `${NOTES}/${id}/lines`),
)

export const listCreditNotes = endpoint(
  'GET',
  NOTES,
  { ...paging, created: range(), customer: text(), invoice: text() },
  ({ tx, params }) =>
    page(
      tx.all('credit_note'),
      params,
      NOTES,
      (row) =>
        (params.customer === undefined || idOf(row.customer) === params.customer) &&
        (params.invoice === undefined || idOf(row.invoice) === params.invoice) &&
        within(row.created, params.created),
    ),
)
