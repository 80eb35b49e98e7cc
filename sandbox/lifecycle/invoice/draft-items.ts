import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import { keepRates } from '@/sandbox/lifecycle/tax/apply-taxes'
import { invoiceItemOf } from '@/sandbox/lifecycle/tax/rates-of'
import type { Tx } from '@/sandbox/store/transaction'
import { addUp, rulesOf } from './add-up'
import { pendingLine } from './pending-items'

/** Shows an item on its draft as it is by now, or for the first time, and adds the draft up again. */
export function putOnDraft(tx: Tx, id: string, item: Readonly<Stripe.InvoiceItem>) {
  const invoice = tx.edit('invoice', id)
  const { data } = invoice.lines
  const was = data.find((line) => invoiceItemOf(line) === item.id)
  const line = pendingLine(id, item)
  if (was) data.splice(data.indexOf(was), 1, { ...line, id: was.id })
  else data.unshift(line)
  addUpDraft(tx, invoice)
}

/** Takes an item off its draft, and adds the draft up again. */
export function takeOffDraft(tx: Tx, id: string, item: string) {
  const invoice = tx.edit('invoice', id)
  invoice.lines.data = invoice.lines.data.filter((line) => invoiceItemOf(line) !== item)
  addUpDraft(tx, invoice)
}

/** Reckons a draft anew, because what is on it has changed. */
export function addUpDraft(tx: Tx, invoice: Stripe.Invoice) {
  const own = invoice.lines.data.flatMap((line) => line.discounts.map(idOf))
  const all = [...new Set([...own, ...(invoice.discounts ?? []).map(idOf)])]
  const discounts = all.map((entry) => tx.get('discount', entry))
  const rules = rulesOf(tx, invoice)
  Object.assign(invoice, addUp(tx, invoice.lines.data, discounts, rules))
  keepRates(tx, invoice.lines.data, rules)
  tx.emit('invoice.updated', 'invoice', invoice.id)
}
