import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import { applyToLines } from '@/sandbox/lifecycle/discount/apply-to-lines'
import { totalsOf } from '@/sandbox/objects/invoice'
import type { Tx } from '@/sandbox/store/transaction'
import { pendingLine } from './pending-items'

/** Shows an item on its draft as it is by now, or for the first time, and adds the draft up again. */
export function putOnDraft(tx: Tx, id: string, item: Readonly<Stripe.InvoiceItem>) {
  const invoice = tx.edit('invoice', id)
  const { data } = invoice.lines
  const was = data.find((line) => itemOf(line) === item.id)
  const line = pendingLine(id, item)
  if (was) data.splice(data.indexOf(was), 1, { ...line, id: was.id })
  else data.unshift(line)
  addUp(tx, invoice)
}

/** Takes an item off its draft, and adds the draft up again. */
export function takeOffDraft(tx: Tx, id: string, item: string) {
  const invoice = tx.edit('invoice', id)
  invoice.lines.data = invoice.lines.data.filter((line) => itemOf(line) !== item)
  addUp(tx, invoice)
}

function addUp(tx: Tx, invoice: Stripe.Invoice) {
  const discounts = (invoice.discounts ?? []).map((entry) => tx.get('discount', idOf(entry)))
  const off = applyToLines(tx, invoice.lines.data, discounts)
  invoice.total_discount_amounts = off
  Object.assign(invoice, totalsOf(invoice.lines.data, off))
  tx.emit('invoice.updated', 'invoice', invoice.id)
}

function itemOf({ parent }: Stripe.InvoiceLineItem): string | undefined {
  return parent?.invoice_item_details?.invoice_item
}
