import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import { addPendingItem } from '@/sandbox/lifecycle/invoice/pending-items'
import type { Tx } from '@/sandbox/store/transaction'
import { unusedTime } from './prorate'

type Why = Stripe.Subscription.StatusDetails.Paused.Subscription.Type

/** Marks a subscription as paused, says why, and emits the event. */
export function markPaused(tx: Tx, id: string, type: Why) {
  const subscription = tx.edit('subscription', id)
  subscription.status = 'paused'
  subscription.status_details = {
    paused: { subscription: { type }, transitioned_at: tx.now, type: 'subscription' },
  }
  tx.emit('customer.subscription.paused', 'subscription', id)
  tx.emit('customer.subscription.updated', 'subscription', id)
}

/**
 * Pauses a subscription because a request asks for it: its period ends now. `creditFrom` credits
 * what is paid for from then on.
 */
export function pauseSubscription(
  tx: Tx,
  id: string,
  creditFrom: 'none' | 'now' | 'item_current_period_start',
) {
  const subscription = tx.edit('subscription', id)
  for (const item of creditFrom === 'none' ? [] : subscription.items.data) {
    const at = creditFrom === 'now' ? tx.now : item.current_period_start
    const credit = unusedTime({ tx, invoice: '', subscription, at }, item)
    const pending = addPendingItem(tx, idOf(subscription.customer), credit)
    tx.emit('invoiceitem.created', 'invoiceitem', pending)
  }
  for (const item of subscription.items.data) item.current_period_end = tx.now
  markPaused(tx, id, 'pause_requested')
}
