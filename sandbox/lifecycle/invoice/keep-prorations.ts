import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import { invoiceItemOf } from '@/sandbox/lifecycle/tax/rates-of'
import type { Tx } from '@/sandbox/store/transaction'
import { prorationItem } from './pending-items'

/** What a change credits and charges at once is an invoice item, too, which has not waited. */
export function keepProrations(tx: Tx, { id, customer, lines }: Stripe.Invoice) {
  for (const line of lines.data) {
    const item = invoiceItemOf(line)
    if (!line.parent?.subscription_item_details?.proration || item === null) continue
    if (!tx.find('invoiceitem', item))
      tx.insert('invoiceitem', { ...prorationItem(tx, idOf(customer ?? ''), line), invoice: id })
  }
}
