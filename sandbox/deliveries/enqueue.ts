import type Stripe from 'stripe'
import { chaosOf } from '@/sandbox/chaos/chaos'
import type { Clock } from '@/sandbox/clock'
import { testClockOf } from '@/sandbox/lifecycle/test-clock/clock-of'
import type { Delivery } from '@/sandbox/store/records'
import type { Tx } from '@/sandbox/store/transaction'
import { GATHER_MS } from './gather'

/**
 * Plans the delivery of an event to every endpoint that listens for it, at once unless chaos is on.
 * Returns the ids of those to be made.
 */
export function enqueue(tx: Tx, event: Stripe.Event, clock: Clock): string[] {
  const planned: string[] = []
  for (const { id: endpoint, enabled_events, status } of tx.all('webhook_endpoint')) {
    if (status !== 'enabled' || !listensFor(enabled_events, event.type)) continue
    const id = deliveryId(event.id, endpoint)
    const how = chaosOf(tx).drop ? lost(clock) : planFor(tx, event, clock)
    const delivery = tx.insert('delivery', { id, event: event.id, endpoint, ...how })
    if (delivery.state === 'pending') planned.push(id)
  }
  return planned
}

/** One delivery per event and endpoint. */
export function deliveryId(event: string, endpoint: string): string {
  return `${event}:${endpoint}`
}

type How = Omit<Delivery, 'id' | 'event' | 'endpoint'>

function planFor(tx: Tx, event: Stripe.Event, clock: Clock): How {
  const { delay_seconds, late_seconds, reorder } = chaosOf(tx)
  const nextAt = clock.real() + delay_seconds * 1000 + (reorder ? GATHER_MS : 0)
  const plan: How = { state: 'pending', nextAt, attempts: [] }
  if (late_seconds === 0) return plan
  // Test clocks have times of their own; deliveries go by the sandbox's.
  const since = testClockOf(tx, event.data.object) === null ? tx.now : clock.now()
  return { ...plan, notBefore: since + late_seconds }
}

function lost(clock: Clock): How {
  const at = Math.floor(clock.real() / 1000)
  const log = { attempt: 1, status: null, at, error: 'Dropped on request.' }
  return { state: 'failed', nextAt: null, attempts: [log] }
}

function listensFor(events: readonly string[], type: string): boolean {
  return events.some((name) => name === '*' || name === type)
}
