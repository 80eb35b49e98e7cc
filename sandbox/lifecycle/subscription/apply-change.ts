import { idOf } from '@/sandbox/ids'
import { endItemDiscounts, keepItemDiscounts } from '@/sandbox/lifecycle/discount/on-items'
import { forgo } from '@/sandbox/lifecycle/invoice/collect'
import { draftInvoice } from '@/sandbox/lifecycle/invoice/draft'
import { emitNewInvoice, emitPayment } from '@/sandbox/lifecycle/invoice/emit'
import { finalize } from '@/sandbox/lifecycle/invoice/finalize'
import { type Collected, pay } from '@/sandbox/lifecycle/invoice/pay'
import { addPendingItem } from '@/sandbox/lifecycle/invoice/pending-items'
import type { Presence } from '@/sandbox/lifecycle/payment/decline'
import type { Settings } from '@/sandbox/settings'
import type { Tx } from '@/sandbox/store/transaction'
import { dropPendingUpdate } from './drop-pending-update'
import { methodOf } from './method'
import type { PlannedChange, ProrationBehavior } from './plan-change'

/** Makes a planned change: the items move, and the difference is invoiced now or waits for the next invoice. */
export function applyChange(
  tx: Tx,
  settings: Settings,
  id: string,
  planned: PlannedChange,
  behavior: ProrationBehavior,
  presence: Presence | 'wait',
) {
  const subscription = tx.edit('subscription', id)
  dropPendingUpdate(tx, id)
  const before = subscription.items.data.map((item) => ({ ...item }))
  keepItemDiscounts(tx, planned.items)
  const collected = billChange(tx, settings, id, planned, behavior, presence)
  endItemDiscounts(tx, before, planned.items)
  subscription.items.data = planned.items
  subscription.billing_cycle_anchor = planned.anchor
  if ((collected?.decline || collected?.waits) && subscription.status === 'active')
    subscription.status = 'past_due'
  tx.emit('customer.subscription.updated', 'subscription', id)
  if (collected) emitChange(tx, collected)
}

/** Invoices and charges the difference, if that is to happen now. Returns how that went. */
export function billChange(
  tx: Tx,
  settings: Settings,
  id: string,
  planned: PlannedChange,
  behavior: ProrationBehavior,
  presence: Presence | 'wait',
): Collected | null {
  const lines = planned.lines('')
  if (lines.length === 0) return null
  if (behavior === 'create_prorations' && !planned.restarts) {
    const customer = idOf(tx.get('subscription', id).customer)
    for (const line of lines)
      tx.emit('invoiceitem.created', 'invoiceitem', addPendingItem(tx, customer, line))
    return null
  }
  const draft = {
    reason: 'subscription_update',
    lines: planned.lines,
    prorationDate: planned.at,
  } as const
  const invoice = finalize(tx, settings, draftInvoice(tx, id, draft).id)
  const paused = tx.get('subscription', id).pause_collection
  if (paused && invoice.status === 'open') {
    forgo(tx, invoice.id, paused.behavior)
    return { ...NO_ONE_ASKED, invoice: invoice.id }
  }
  if (presence === 'wait')
    return { ...NO_ONE_ASKED, invoice: invoice.id, waits: invoice.status === 'open' }
  return pay(tx, invoice.id, methodOf(tx, tx.get('subscription', id)), presence)
}

const NO_ONE_ASKED = { decline: null, intent: null, charge: null, payment: null }

/** The events of a change that was invoiced. */
export function emitChange(tx: Tx, collected: Collected) {
  emitPayment(tx, collected, true)
  emitNewInvoice(tx, collected)
  const customer = idOf(tx.get('invoice', collected.invoice).customer ?? '')
  // Only when a credit was put aside or used: an "updated" without a change is not sent.
  if (
    tx.get('invoice', collected.invoice).starting_balance !== tx.get('customer', customer).balance
  ) {
    tx.emit('customer.updated', 'customer', customer)
  }
}
