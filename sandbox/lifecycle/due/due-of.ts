import type Stripe from 'stripe'
import { expireSession } from '@/sandbox/lifecycle/checkout/expire'
import { collect, finalizeAndCollect } from '@/sandbox/lifecycle/invoice/collect'
import { runPlanned } from '@/sandbox/lifecycle/planned'
import { advanceSchedule } from '@/sandbox/lifecycle/schedule/advance'
import { startSchedule } from '@/sandbox/lifecycle/schedule/start'
import type { Settings } from '@/sandbox/settings'
import type { Records } from '@/sandbox/store/records'
import type { Store } from '@/sandbox/store/store'
import type { Due } from './due'
import { subscriptionDue } from './subscription-due'

/**
 * The kinds that time does something to. At the same instant it does so in this order: a schedule
 * comes before the renewal that bills what its phase brings.
 */
export const TIMED = [
  'checkout.session',
  'subscription_schedule',
  'subscription',
  'planned',
  'invoice',
] as const
export type Timed = (typeof TIMED)[number]

/** What time will do to a record next, or null. */
export function dueOf(store: Store, settings: Settings, kind: Timed, id: string): Due | null {
  if (kind === 'subscription')
    return withRecord(store, kind, id, (row) => subscriptionDue(store, row))
  if (kind === 'invoice') return withRecord(store, kind, id, (row) => invoiceDue(settings, row))
  if (kind === 'planned') return withRecord(store, kind, id, (row) => plannedDue(settings, row))
  if (kind === 'checkout.session') return withRecord(store, kind, id, sessionDue)
  return withRecord(store, kind, id, (row) => scheduleDue(settings, row))
}

function withRecord<K extends Timed>(
  store: Store,
  kind: K,
  id: string,
  due: (record: Records[K]) => Due | null,
): Due | null {
  const record = store.find(kind, id)
  return record ? due(record) : null
}

function plannedDue(settings: Settings, planned: Records['planned']): Due {
  return { at: planned.at, run: (tx) => runPlanned(tx, settings, planned) }
}

function sessionDue({ id, status, expires_at }: Stripe.Checkout.Session): Due | null {
  return status === 'open' ? { at: expires_at, run: (tx) => expireSession(tx, id) } : null
}

function scheduleDue(settings: Settings, schedule: Stripe.SubscriptionSchedule): Due | null {
  const { id, status, current_phase: phase, phases } = schedule
  const first = phases[0]?.start_date
  if (status === 'not_started' && first !== undefined)
    return { at: first, run: (tx) => startSchedule(tx, settings, id) }
  if (status !== 'active' || !phase) return null
  return { at: phase.end_date, run: (tx) => advanceSchedule(tx, settings, id) }
}

function invoiceDue(settings: Settings, invoice: Stripe.Invoice): Due | null {
  const { id, status, automatically_finalizes_at: finalizes, next_payment_attempt: next } = invoice
  if (status === 'draft' && finalizes !== null)
    return { at: finalizes, run: (tx) => finalizeAndCollect(tx, settings, id) }
  return status === 'open' && next !== null ? { at: next, run: (tx) => void collect(tx, id) } : null
}
