import { optionalId } from '@/sandbox/ids'
import { plan } from '@/sandbox/lifecycle/plan'
import type { Tx } from '@/sandbox/store/transaction'

/**
 * Sends an invoice to its customer, and waits until it is due. Nothing is mailed; the event says
 * that it would have been.
 */
export function sendOut(tx: Tx, id: string) {
  const { customer, due_date } = tx.get('invoice', id)
  tx.emit('invoice.sent', 'invoice', id)
  if (due_date !== null)
    plan(tx, optionalId(customer), {
      id: `overdue:${id}`,
      at: Math.max(due_date, tx.now),
      what: { kind: 'overdue', invoice: id },
    })
}

/** An invoice that was sent has not been paid in time. */
export function becomeOverdue(tx: Tx, id: string) {
  const invoice = tx.find('invoice', id)
  if (invoice?.status !== 'open') return
  tx.emit('invoice.overdue', 'invoice', id)
  const subscription = optionalId(invoice.parent?.subscription_details?.subscription)
  const row = subscription === null ? undefined : tx.find('subscription', subscription)
  if (row?.status !== 'active' || optionalId(row.latest_invoice) !== id) return
  tx.edit('subscription', row.id).status = 'past_due'
  tx.emit('customer.subscription.updated', 'subscription', row.id)
}
