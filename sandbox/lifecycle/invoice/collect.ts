import { optionalId } from '@/sandbox/ids'
import { endSubscription } from '@/sandbox/lifecycle/subscription/end'
import { methodOf } from '@/sandbox/lifecycle/subscription/method'
import { markPaused } from '@/sandbox/lifecycle/subscription/pause'
import { hasEnded } from '@/sandbox/lifecycle/subscription/period'
import type { Settings } from '@/sandbox/settings'
import type { Tx } from '@/sandbox/store/transaction'
import { finalize } from './finalize'
import { markVoid } from './mark-void'
import { type Collected, pay } from './pay'
import { tellOutcome, tellPayment } from './tell'

const DAY = 86_400
// Stripe's custom schedule allows three; after the last one our account setting is "cancel".
/** The setting that says what follows the last retry: cancel, mark_unpaid, pause or leave. */
export const DUNNING_END = 'dunning_end'
const RETRY_AFTER = [3 * DAY, 5 * DAY, 7 * DAY]

/** Finalises a draft whose hour is over, and tries to collect it. */
export function finalizeAndCollect(tx: Tx, settings: Settings, id: string) {
  const invoice = finalize(tx, settings, id)
  tx.emit('invoice.finalized', 'invoice', id)
  const paused = tx.find('subscription', subscriptionOf(tx, id) ?? '')?.pause_collection
  if (paused) return forgo(tx, id, paused.behavior)
  if (invoice.status === 'paid') {
    settleSubscription(tx, {
      invoice: id,
      decline: null,
      intent: null,
      charge: null,
      payment: null,
    })
    return tellOutcome(tx, {
      invoice: id,
      decline: null,
      intent: null,
      charge: null,
      payment: null,
    })
  }
  collect(tx, id, true)
}

/** Charges an open invoice with nobody at the form, tells about it and moves the subscription accordingly. */
export function collect(tx: Tx, id: string, first = false): Collected {
  const invoice = tx.get('invoice', id)
  const subscription = tx.find('subscription', subscriptionOf(tx, id) ?? '')
  const method =
    optionalId(invoice.default_payment_method) ?? (subscription ? methodOf(tx, subscription) : null)
  const collected = pay(tx, id, method, { present: false, authenticated: false })
  if (collected.decline) planRetry(tx, id)
  tellPayment(tx, collected, first)
  tx.emit('invoice.updated', 'invoice', id)
  tellOutcome(tx, collected)
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
    if (subscription.status === 'active') moveTo(tx, subscription.id, 'past_due')
    const exhausted = tx.get('invoice', invoice).next_payment_attempt === null
    if (exhausted && subscription.status === 'past_due') giveUp(tx, subscription.id)
  } else if (['past_due', 'unpaid', 'incomplete'].includes(subscription.status)) {
    moveTo(tx, subscription.id, 'active')
  }
}

/** What is done when the last retry has failed: an account setting, "cancel" unless it was changed. */
function giveUp(tx: Tx, id: string) {
  const setting = tx.find('setting', DUNNING_END)?.value ?? 'cancel'
  if (setting === 'cancel') endSubscription(tx, id, 'payment_failed')
  if (setting === 'mark_unpaid') moveTo(tx, id, 'unpaid')
  if (setting === 'pause') markPaused(tx, id, 'final_payment_failure')
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
function forgo(tx: Tx, id: string, behavior: string) {
  if (behavior === 'void') return markVoid(tx, id)
  const invoice = tx.edit('invoice', id)
  if (invoice.status !== 'open') return
  invoice.status = 'uncollectible'
  invoice.auto_advance = false
  invoice.status_transitions.marked_uncollectible_at = tx.now
  tx.emit('invoice.marked_uncollectible', 'invoice', id)
}

/** Plans the next attempt at an invoice that was refused; after the last there is none. */
export function planRetry(tx: Tx, id: string) {
  const invoice = tx.edit('invoice', id)
  const wait = RETRY_AFTER[invoice.attempt_count - 1]
  invoice.next_payment_attempt = wait === undefined ? null : tx.now + wait
}
