import { optionalId } from '@/sandbox/ids'
import type { Presence } from '@/sandbox/lifecycle/payment/decline'
import { keepMethod } from '@/sandbox/lifecycle/payment/keep-method'
import { heldInvoice } from '@/sandbox/lifecycle/subscription/held-invoice'
import { methodOf, methodOfCustomer } from '@/sandbox/lifecycle/subscription/method'
import { applyPendingUpdate } from '@/sandbox/lifecycle/subscription/pending-update'
import type { Decline } from '@/sandbox/objects/test-cards'
import type { Tx } from '@/sandbox/store/transaction'
import { settleSubscription, subscriptionOf } from './collect'
import { emitOutcome, emitPayment } from './emit'
import { pay } from './pay'

/**
 * Charges an invoice that is open or uncollectible because a request asks for it now. Returns why
 * it failed, or null.
 */
export function payByHand(
  tx: Tx,
  id: string,
  given: string | null,
  presence: Presence = { present: true, authenticated: false },
): Decline | null {
  const subscription = tx.find('subscription', subscriptionOf(tx, id) ?? '')
  const { default_payment_method, customer } = tx.get('invoice', id)
  const method =
    given ??
    optionalId(default_payment_method) ??
    (subscription ? methodOf(tx, subscription) : methodOfCustomer(tx, optionalId(customer)))
  const { status } = tx.get('invoice', id)
  // A bad debt is collected as what is open, and is a bad debt again when the card refuses.
  if (status === 'uncollectible') tx.edit('invoice', id).status = 'open'
  const collected = pay(tx, id, method, presence)
  if (collected.decline) tx.edit('invoice', id).status = status
  emitPayment(tx, collected, false)
  tx.emit('invoice.updated', 'invoice', id)
  emitOutcome(tx, collected)
  if (collected.decline) return collected.decline
  if (collected.intent && method) keepMethod(tx, tx.get('payment_intent', collected.intent), method)
  const saves = subscription?.payment_settings?.save_default_payment_method === 'on_subscription'
  if (saves && method) tx.edit('subscription', subscription.id).default_payment_method = method
  if (subscription && heldInvoice(tx, subscription) === id) applyPendingUpdate(tx, subscription.id)
  settleSubscription(tx, collected)
  return null
}
