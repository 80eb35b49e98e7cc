import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { idOf } from '@/sandbox/ids'
import { later } from '@/sandbox/lifecycle/periods'
import { plan } from '@/sandbox/lifecycle/plan'
import { pauseSubscription } from '@/sandbox/lifecycle/subscription/pause'
import { endsAt } from '@/sandbox/lifecycle/subscription/period'
import { unusedTime } from '@/sandbox/lifecycle/subscription/prorate'
import { resumption } from '@/sandbox/lifecycle/subscription/resumption'
import type { Sandbox } from '@/sandbox/sandbox'
import type { Tx } from '@/sandbox/store/transaction'
import { ownSubscription } from './own-subscription'
import { requireFeature, type Visit, visit } from './visit'

type Subscription = Readonly<Stripe.Subscription>

/**
 * One of the lengths that the configuration offers. `until` is when it resumes by itself; null:
 * when the subscriber resumes it.
 */
export interface PauseChoice {
  length: { interval: 'day' | 'week' | 'month' | 'year'; intervalCount: number } | null
  until: number | null
}

export interface PausePreview {
  choices: PauseChoice[]
  /** What is paid for and not used, in minor units: it is taken off the invoice of the resumption. */
  credit: number
  currency: string
}

/** Whether the portal offers to pause a subscription: a paid one that goes on, and that no schedule governs. */
export function canPause({ configuration }: Visit, row: Subscription): boolean {
  const { enabled } = configuration.features.subscription_pause
  return enabled && row.status === 'active' && endsAt(row) === null && row.schedule === null
}

/** What pausing now would mean. Nothing is changed. */
export function previewPause(sandbox: Sandbox, token: string, id: string): PausePreview {
  return sandbox.changeFor(token, (tx) => {
    const guest = visit(tx, token)
    const row = pausable(tx, guest, id)
    const where = { tx, invoice: '', subscription: row, at: tx.now }
    const unused = row.items.data.map((item) => unusedTime(where, item).amount)
    const credit = -unused.reduce((sum, amount) => sum + amount, 0)
    return { choices: choicesAt(guest, tx.now), credit, currency: row.currency }
  })
}

/** Pauses a subscription now, for one of the lengths that are offered. Throws ApiError 400 for another. */
export function pauseInPortal(sandbox: Sandbox, token: string, id: string, nth: number) {
  sandbox.changeFor(token, (tx) => {
    const guest = visit(tx, token)
    const row = pausable(tx, guest, id)
    const choice = choicesAt(guest, tx.now)[nth]
    if (!choice) throw ApiError.invalid('Choose for how long it is to be paused.')
    pauseSubscription(tx, id, 'now')
    if (choice.until !== null) plan(tx, idOf(row.customer), resumption(id, choice.until))
  })
}

function pausable(tx: Tx, guest: Visit, id: string): Subscription {
  requireFeature(guest, 'subscription_pause')
  const row = ownSubscription(tx, guest, id)
  if (!canPause(guest, row)) throw ApiError.invalid('This plan cannot be paused as it is now.')
  return row
}

function choicesAt({ configuration }: Visit, now: number): PauseChoice[] {
  const { type, interval_options } = configuration.features.subscription_pause.duration
  if (type === 'indefinite') return [{ length: null, until: null }]
  return interval_options.map(({ interval, interval_count }) => {
    const known = (['day', 'week', 'year'] as const).find((word) => word === interval) ?? 'month'
    return {
      length: { interval: known, intervalCount: interval_count },
      until: later(now, { interval: known, interval_count }, 1),
    }
  })
}
