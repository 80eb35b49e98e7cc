import type Stripe from 'stripe'
import type { Settings } from '@/sandbox/settings'
import type { Store } from '@/sandbox/store/store'
import type { Tx } from '@/sandbox/store/transaction'
import { expireSession } from './checkout/expire'
import { collect, finalizeAndCollect } from './invoice/collect'
import { runPlanned } from './planned'
import { advanceSchedule } from './schedule/advance'
import { endSubscription } from './subscription/end'
import { expireIncomplete } from './subscription/expire-incomplete'
import { expireHeldChange } from './subscription/pending-update'
import { endsAt, hasEnded, nextBillingAt } from './subscription/period'
import { renew } from './subscription/renew'
import { announcement, announceTrialEnd, endTrial } from './subscription/trial'
import { unpauseCollection } from './subscription/unpause-collection'
import { testClockOf } from './test-clock/clock-of'

/** Something that time alone brings about, at a business instant in Unix seconds. */
export interface Due {
  at: number
  run(tx: Tx): void
}

const DAY = 86_400
const TRIAL_NOTICE = 3 * DAY
// Stripe's limit for the first payment of a subscription made by the API.
const INCOMPLETE_SECONDS = 23 * 3600

/** The earliest thing that is going to happen by itself to what lives by this test clock (null: by the sandbox's own), or null. */
export function nextDue(store: Store, settings: Settings, clock: string | null): Due | null {
  const mine = (object: object) => testClockOf(store, object) === clock
  let first: Due | null = null
  const consider = (due: Due | null) => {
    if (due && (first === null || due.at < first.at)) first = due
  }
  for (const session of store.all('checkout.session'))
    if (mine(session)) consider(sessionDue(session))
  // Before the renewals of the same instant, which bill what a new phase brings.
  for (const schedule of store.all('subscription_schedule'))
    if (mine(schedule)) consider(scheduleDue(settings, schedule))
  for (const subscription of store.all('subscription'))
    if (mine(subscription)) consider(subscriptionDue(store, subscription))
  for (const planned of store.all('planned'))
    if (mine(planned)) consider({ at: planned.at, run: (tx) => runPlanned(tx, planned) })
  for (const invoice of store.all('invoice'))
    if (mine(invoice)) consider(invoiceDue(settings, invoice))
  return first
}

function sessionDue(session: Stripe.Checkout.Session): Due | null {
  if (session.status !== 'open') return null
  return { at: session.expires_at, run: (tx) => expireSession(tx, session.id) }
}

function scheduleDue(settings: Settings, schedule: Stripe.SubscriptionSchedule): Due | null {
  const { id, status, current_phase: phase } = schedule
  if (status !== 'active' || !phase) return null
  return { at: phase.end_date, run: (tx) => advanceSchedule(tx, settings, id) }
}

function subscriptionDue(store: Store, subscription: Stripe.Subscription): Due | null {
  const { id, status } = subscription
  if (hasEnded(subscription)) return null
  if (status === 'incomplete')
    return { at: subscription.created + INCOMPLETE_SECONDS, run: (tx) => expireIncomplete(tx, id) }
  const unpause = subscription.pause_collection?.resumes_at ?? null
  const boundary = nextBillingAt(subscription)
  if (unpause !== null && unpause <= boundary)
    return { at: unpause, run: (tx) => unpauseCollection(tx, id) }
  const held = subscription.pending_update?.expires_at
  if (held !== undefined && held <= boundary)
    return { at: held, run: (tx) => expireHeldChange(tx, id) }
  const end = endsAt(subscription)
  if (end !== null && end <= boundary)
    return { at: end, run: (tx) => endSubscription(tx, id, 'cancellation_requested') }
  if (status === 'paused')
    return end === null
      ? null
      : { at: end, run: (tx) => endSubscription(tx, id, 'cancellation_requested') }
  if (status !== 'trialing') return { at: boundary, run: (tx) => renew(tx, id) }
  const trialEnd = subscription.trial_end ?? boundary
  if (!store.find('setting', announcement(id, subscription.trial_end))) {
    return {
      at: Math.max(subscription.created, trialEnd - TRIAL_NOTICE),
      run: (tx) => announceTrialEnd(tx, id),
    }
  }
  return { at: trialEnd, run: (tx) => endTrial(tx, id) }
}

function invoiceDue(settings: Settings, invoice: Stripe.Invoice): Due | null {
  const { id } = invoice
  if (invoice.status === 'draft' && invoice.automatically_finalizes_at !== null) {
    return {
      at: invoice.automatically_finalizes_at,
      run: (tx) => finalizeAndCollect(tx, settings, id),
    }
  }
  if (invoice.status !== 'open' || invoice.next_payment_attempt === null) return null
  return { at: invoice.next_payment_attempt, run: (tx) => void collect(tx, id) }
}
