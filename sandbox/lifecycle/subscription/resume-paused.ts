import type Stripe from 'stripe'
import { optionalId } from '@/sandbox/ids'
import { draftInvoice } from '@/sandbox/lifecycle/invoice/draft'
import { emitNewInvoice, emitPayment } from '@/sandbox/lifecycle/invoice/emit'
import { finalize } from '@/sandbox/lifecycle/invoice/finalize'
import { periodLines } from '@/sandbox/lifecycle/invoice/lines'
import { markVoid } from '@/sandbox/lifecycle/invoice/mark-void'
import { pay } from '@/sandbox/lifecycle/invoice/pay'
import { ABSENT, declineOf } from '@/sandbox/lifecycle/payment/decline'
import { periodFrom } from '@/sandbox/lifecycle/periods'
import { recurring } from '@/sandbox/lifecycle/price/recurring'
import type { Decline } from '@/sandbox/objects/test-cards'
import type { Settings } from '@/sandbox/settings'
import type { Tx } from '@/sandbox/store/transaction'
import { methodOf } from './method'
import { creditPaidAhead } from './paid-ahead'
import { forgetResumption } from './resumption'

/**
 * Begins a new period of a paused subscription and charges it. Returns why the card refuses;
 * nothing has happened then, unless it is resumed on the attempt alone.
 */
export function resumePaused(
  tx: Tx,
  settings: Settings,
  id: string,
  onlyIfPaid: boolean,
): Decline | null {
  const subscription = tx.get('subscription', id)
  const method = methodOf(tx, subscription)
  const decline = declineOf(tx, method, ABSENT)
  if (decline && onlyIfPaid) return decline
  const resumed = tx.edit('subscription', id)
  const paused = structuredClone(resumed)
  // The period it asks for is charged anew: the customer does not pay for the same days twice.
  if (subscription.status_details?.paused.subscription?.type.endsWith('payment_failure'))
    markVoid(tx, optionalId(subscription.latest_invoice))
  Object.assign(resumed, restarted(tx.now, resumed))
  forgetResumption(tx, id)
  const lines = (invoice: string) => [
    ...creditPaidAhead(tx, invoice, paused),
    ...resumed.items.data.flatMap((item) => periodLines(tx, invoice, resumed, item, false)),
  ]
  const invoice = finalize(
    tx,
    settings,
    draftInvoice(tx, id, { reason: 'subscription_update', lines }).id,
  )
  const collected = pay(tx, invoice.id, method, ABSENT)
  resumed.status = collected.decline ? 'past_due' : 'active'
  delete resumed.status_details
  tx.emit('customer.subscription.resumed', 'subscription', id)
  tx.emit('customer.subscription.updated', 'subscription', id)
  emitPayment(tx, collected, true)
  emitNewInvoice(tx, collected)
  return null
}

/** A copy of a paused subscription as it is when it is resumed at this instant: in a new period. */
export function restarted(now: number, paused: Readonly<Stripe.Subscription>): Stripe.Subscription {
  const copy = structuredClone<Stripe.Subscription>(paused)
  copy.billing_cycle_anchor = now
  for (const item of copy.items.data) {
    const period = periodFrom(now, now, recurring(item.price))
    item.current_period_start = period.start
    item.current_period_end = period.end
  }
  return copy
}
