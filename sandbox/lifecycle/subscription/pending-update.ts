import { markVoid } from '@/sandbox/lifecycle/invoice/mark-void'
import { ABSENT } from '@/sandbox/lifecycle/payment/decline'
import type { Settings } from '@/sandbox/settings'
import type { Tx } from '@/sandbox/store/transaction'
import { billChange, emitChange } from './apply-change'
import { dropPendingUpdate } from './drop-pending-update'
import { HELD_SECONDS, heldInvoice } from './held-invoice'
import type { PlannedChange, ProrationBehavior } from './plan-change'

/** Invoices a change whose payment is refused, and keeps the change until the invoice is paid or the time is over. */
export function holdChange(
  tx: Tx,
  settings: Settings,
  id: string,
  planned: PlannedChange,
  behavior: ProrationBehavior,
) {
  dropPendingUpdate(tx, id)
  const collected = billChange(tx, settings, id, planned, behavior, ABSENT)
  tx.edit('subscription', id).pending_update = {
    cancel_at_period_end: null,
    discount: null,
    discounts: null,
    metadata: null,
    billing_cycle_anchor: planned.anchor,
    expires_at: tx.now + HELD_SECONDS,
    subscription_items: planned.items,
    trial_end: null,
    trial_from_plan: null,
  }
  tx.emit('customer.subscription.updated', 'subscription', id)
  if (collected) emitChange(tx, collected)
}

/** Makes the change that waited for its payment. */
export function applyPendingUpdate(tx: Tx, id: string) {
  const subscription = tx.edit('subscription', id)
  const held = subscription.pending_update
  if (!held) return
  subscription.items.data = held.subscription_items ?? subscription.items.data
  subscription.billing_cycle_anchor = held.billing_cycle_anchor ?? subscription.billing_cycle_anchor
  subscription.pending_update = null
  tx.emit('customer.subscription.pending_update_applied', 'subscription', id)
  tx.emit('customer.subscription.updated', 'subscription', id)
}

/** Gives an unpaid change up; its invoice is void. */
export function expirePendingUpdate(tx: Tx, id: string) {
  const subscription = tx.edit('subscription', id)
  const invoice = heldInvoice(tx, subscription)
  subscription.pending_update = null
  tx.emit('customer.subscription.pending_update_expired', 'subscription', id)
  tx.emit('customer.subscription.updated', 'subscription', id)
  markVoid(tx, invoice)
}
