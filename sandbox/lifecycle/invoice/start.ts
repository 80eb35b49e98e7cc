import type Stripe from 'stripe'
import { idOf, newId } from '@/sandbox/ids'
import { newInvoice } from '@/sandbox/objects/invoice'
import type { Tx } from '@/sandbox/store/transaction'
import { addUpDraft } from './draft-items'
import { pendingLine } from './pending-items'
import { waitingOf } from './waiting'

/** Begins an invoice of a customer by hand, with what waits for the next one if that is asked for. */
export function startInvoice(
  tx: Tx,
  customerId: string,
  given: { currency: string; parent: Stripe.Invoice.Parent | null },
  includes: boolean,
): Stripe.Invoice {
  const customer = tx.get('customer', customerId)
  const id = newId('in')
  const invoice = tx.insert(
    'invoice',
    newInvoice(tx.now, customer, {
      id,
      billing_reason: 'manual',
      customer: customerId,
      lines: { object: 'list', data: [], has_more: false, url: `/v1/invoices/${id}/lines` },
      auto_advance: false,
      ...given,
    }),
  )
  const details = invoice.parent?.subscription_details?.subscription
  const waiting = includes
    ? waitingOf(tx, customerId, details ? idOf(details) : null, given.currency)
    : []
  for (const item of waiting) {
    tx.edit('invoiceitem', item.id).invoice = id
    invoice.lines.data.push(pendingLine(id, item))
  }
  tx.emit('invoice.created', 'invoice', id)
  addUpDraft(tx, invoice)
  return invoice
}
