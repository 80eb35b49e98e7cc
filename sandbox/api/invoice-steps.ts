import { ApiError } from '@/sandbox/http/api-error'
import { endpoint } from '@/sandbox/http/endpoint'
import { flag } from '@/sandbox/http/rules'
import { finalizeByHand } from '@/sandbox/lifecycle/invoice/finalize-by-hand'
import { writeOff } from '@/sandbox/lifecycle/invoice/write-off'

export const finalizeDraft = endpoint(
  'POST',
  '/v1/invoices/:id/finalize',
  { auto_advance: flag() },
  ({ tx, id, params, settings }) => {
    if (tx.get('invoice', id).status !== 'draft')
      throw notEditable(
        `This invoice is already finalized, you can't re-finalize a non-draft invoice.`,
      )
    finalizeByHand(tx, settings, id, params.auto_advance)
    return tx.get('invoice', id)
  },
)

/** Nothing is mailed here, nor in Stripe's test mode; the event says that it would have been. */
export const sendInvoice = endpoint('POST', '/v1/invoices/:id/send', {}, ({ tx, id, settings }) => {
  const { status } = tx.get('invoice', id)
  if (status === 'void' || status === 'uncollectible')
    throw notEditable(`Invoices with status ${status} cannot be sent.`)
  if (status === 'draft') finalizeByHand(tx, settings, id, undefined)
  tx.emit('invoice.sent', 'invoice', id)
  return tx.get('invoice', id)
})

export const markInvoiceUncollectible = endpoint(
  'POST',
  '/v1/invoices/:id/mark_uncollectible',
  {},
  ({ tx, id }) => {
    if (tx.get('invoice', id).status !== 'open')
      throw notEditable(
        `You can only mark open invoices as uncollectible. This invoice isn't open.`,
      )
    writeOff(tx, id)
    return tx.get('invoice', id)
  },
)

function notEditable(message: string): ApiError {
  return ApiError.invalid(message, undefined, 'invoice_not_editable')
}
