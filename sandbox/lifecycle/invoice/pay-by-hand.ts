import { heldInvoice } from '@/sandbox/lifecycle/subscription/held-invoice'
import { methodOf } from '@/sandbox/lifecycle/subscription/method'
import { applyHeldChange } from '@/sandbox/lifecycle/subscription/pending-update'
import type { Decline } from '@/sandbox/objects/test-cards'
import type { Tx } from '@/sandbox/store/transaction'
import { settleSubscription, subscriptionOf } from './collect'
import { pay } from './pay'
import { tellOutcome, tellPayment } from './tell'

/** Charges an open invoice because somebody asks for it now. Returns why it failed, or null. */
export function payByHand(tx: Tx, id: string, given: string | null): Decline | null {
  const subscription = tx.find('subscription', subscriptionOf(tx, id) ?? '')
  const method = given ?? (subscription ? methodOf(tx, subscription) : null)
  const collected = pay(tx, id, method, { present: true, authenticated: false })
  tellPayment(tx, collected, false)
  tx.emit('invoice.updated', 'invoice', id)
  tellOutcome(tx, collected)
  if (collected.decline) return collected.decline
  if (subscription && heldInvoice(tx, subscription) === id) applyHeldChange(tx, subscription.id)
  settleSubscription(tx, collected)
  return null
}
