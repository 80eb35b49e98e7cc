import { optionalId } from '@/sandbox/ids'
import type { Settings } from '@/sandbox/settings'
import type { Tx } from '@/sandbox/store/transaction'
import { forgo, settleSubscription, subscriptionOf } from './collect'
import { emitOutcome } from './emit'
import { finalize } from './finalize'

/**
 * Finalizes a draft because a request asks for it, and does not wait for its hour. What advances by
 * itself is charged next; anything else waits until it is paid. `advances` undefined leaves
 * that as it was.
 */
export function finalizeByHand(
  tx: Tx,
  settings: Settings,
  id: string,
  advances: boolean | undefined,
) {
  const draft = tx.edit('invoice', id)
  if (advances !== undefined) draft.auto_advance = advances
  const invoice = finalize(tx, settings, id)
  tx.emit('invoice.finalized', 'invoice', id)
  if (invoice.status === 'paid') {
    const free = { invoice: id, decline: null, intent: null, charge: null, payment: null }
    settleSubscription(tx, free)
    return emitOutcome(tx, free)
  }
  const [payment] = tx.by('invoice_payment', 'invoice', id)
  const intent = optionalId(payment?.payment.payment_intent)
  if (intent) tx.emit('payment_intent.created', 'payment_intent', intent)
  if (!invoice.auto_advance) return
  const paused = tx.find('subscription', subscriptionOf(tx, id) ?? '')?.pause_collection
  if (paused) return forgo(tx, id, paused.behavior)
  invoice.next_payment_attempt = tx.now
}
