import { optionalId } from '@/sandbox/ids'
import { dunningOf } from '@/sandbox/lifecycle/dunning/policy'
import { ABSENT } from '@/sandbox/lifecycle/payment/decline'
import { endSubscription } from '@/sandbox/lifecycle/subscription/end'
import { methodOf, methodOfCustomer } from '@/sandbox/lifecycle/subscription/method'
import { markPaused } from '@/sandbox/lifecycle/subscription/pause'
import { hasEnded } from '@/sandbox/lifecycle/subscription/period'
import type { Settings } from '@/sandbox/settings'
import type { Tx } from '@/sandbox/store/transaction'
import { cannotFinalize } from './cannot-finalize'
import { emitOutcome, emitPayment } from './emit'
import { finalize } from './finalize'
import { markUncollectible } from './mark-uncollectible'
import { markVoid } from './mark-void'
import { type Collected, pay } from './pay'
import { sendOut } from './send-out'

const DAY = 86_400

/** Finalizes a draft whose hour is over, and tries to collect it. */
export function finalizeAndCollect(tx: Tx, settings: Settings, id: string) {
  if (cannotFinalize(tx, id)) return
  const invoice = finalize(tx, settings, id)
  tx.emit('invoice.finalized', 'invoice', id)
  const paused = tx.find('subscription', subscriptionOf(tx, id) ?? '')?.pause_collection
  if (paused) return forgo(tx, id, paused.behavior)
  if (invoice.status === 'paid') {
    const free = { invoice: id, decline: null, intent: null, charge: null, payment: null }
    settleSubscription(tx, free)
    return emitOutcome(tx, free)
  }
  if (invoice.collection_method === 'send_invoice') return sendOut(tx, id)
  collect(tx, id, true)
}

/** Charges an open invoice with no buyer at the form, emits its events and moves the subscription accordingly. */
export function collect(tx: Tx, id: string, first = false): Collected {
  const invoice = tx.get('invoice', id)
  const subscription = tx.find('subscription', subscriptionOf(tx, id) ?? '')
  const method =
    optionalId(invoice.default_payment_method) ??
    (subscription ? methodOf(tx, subscription) : methodOfCustomer(tx, optionalId(invoice.customer)))
  const collected = pay(tx, id, method, { ...ABSENT, scheduled: true })
  if (collected.decline) planRetry(tx, id)
  emitPayment(tx, collected, first)
  // As they were seen: an invoice that is paid is updated first, one that fails afterwards.
  if (!collected.decline) tx.emit('invoice.updated', 'invoice', id)
  emitOutcome(tx, collected)
  tx.emit('invoice.updated', 'invoice', id)
  settleSubscription(tx, collected)
  return collected
}

/** Brings a subscription into the status that its latest invoice's outcome means. */
export function settleSubscription(tx: Tx, { invoice, decline }: Collected) {
  const id = subscriptionOf(tx, invoice)
  const subscription = id === null ? undefined : tx.find('subscription', id)
  if (
    !subscription ||
    hasEnded(subscription) ||
    optionalId(subscription.latest_invoice) !== invoice
  )
    return
  if (decline) {
    const { attempt_count, next_payment_attempt } = tx.get('invoice', invoice)
    const pauses = attempt_count === 1 && dunningOf(tx).pause_on_first_failure
    if (pauses && subscription.status === 'active' && subscription.schedule === null)
      return pauseUnpaid(tx, subscription.id, invoice, 'first_payment_failure')
    if (subscription.status === 'active') moveTo(tx, subscription.id, 'past_due')
    if (next_payment_attempt === null && subscription.status === 'past_due')
      giveUp(tx, subscription.id, invoice)
  } else if (['past_due', 'unpaid', 'incomplete'].includes(subscription.status)) {
    moveTo(tx, subscription.id, 'active')
  }
}

/** What is done when the last retry has failed. */
function giveUp(tx: Tx, id: string, invoice: string) {
  const { after_retries: what } = dunningOf(tx)
  // What a schedule governs cannot be paused.
  const scheduled = tx.get('subscription', id).schedule !== null
  if (what === 'cancel' || (what === 'pause' && scheduled))
    return endSubscription(tx, id, 'payment_failed')
  if (what === 'mark_unpaid') moveTo(tx, id, 'unpaid')
  if (what === 'pause') pauseUnpaid(tx, id, invoice, 'final_payment_failure')
}

/** A paused subscription is asked for nothing: the invoice stays open, for the customer to pay by hand. */
function pauseUnpaid(
  tx: Tx,
  id: string,
  invoice: string,
  why: 'first_payment_failure' | 'final_payment_failure',
) {
  const open = tx.edit('invoice', invoice)
  open.auto_advance = false
  open.next_payment_attempt = null
  tx.emit('invoice.updated', 'invoice', invoice)
  markPaused(tx, id, why)
}

/** The subscription an invoice belongs to, or null. */
export function subscriptionOf(tx: Tx, invoice: string): string | null {
  return optionalId(tx.get('invoice', invoice).parent?.subscription_details?.subscription)
}

function moveTo(tx: Tx, id: string, status: 'active' | 'past_due' | 'unpaid') {
  tx.edit('subscription', id).status = status
  tx.emit('customer.subscription.updated', 'subscription', id)
}

/** While collection is paused, what falls due is not asked for. */
export function forgo(tx: Tx, id: string, behavior: string) {
  if (behavior === 'void') return markVoid(tx, id)
  // A draft that is kept and then asked for by hand is open, and waits.
  if (behavior === 'mark_uncollectible') markUncollectible(tx, id)
}

/** Plans the next attempt at an invoice that was refused; after the last there is none. */
export function planRetry(tx: Tx, id: string) {
  const invoice = tx.edit('invoice', id)
  const days = dunningOf(tx).retry_days[invoice.attempt_count - 1]
  invoice.next_payment_attempt = days === undefined ? null : tx.now + days * DAY
}
