import { idOf } from '@/sandbox/ids'
import { idAt, type Node, type Older } from './older'
import { BASIL, isBefore } from './versions'

/** Before basil a charge named its invoice. */
export function olderCharge(node: Node, older: Older): Node {
  if (!isBefore(older.version, BASIL)) return node
  return { ...node, invoice: invoiceOf(idAt(node, 'payment_intent'), older) }
}

/** Before basil a payment intent named its invoice. */
export function olderIntent(node: Node, older: Older): Node {
  if (!isBefore(older.version, BASIL)) return node
  return { ...node, invoice: invoiceOf(idAt(node, 'id'), older) }
}

function invoiceOf(intent: string | null, { store }: Older): string | null {
  const [payment] = store.by('invoice_payment', 'intent', intent ?? '')
  return payment ? idOf(payment.invoice) : null
}
