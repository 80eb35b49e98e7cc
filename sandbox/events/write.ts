import type Stripe from 'stripe'
import type { Clock } from '@/sandbox/clock'
import { enqueue } from '@/sandbox/deliveries/enqueue'
import { newEventId } from '@/sandbox/ids'
import { planOf } from '@/sandbox/objects/plan'
import { isShownWhole, render } from '@/sandbox/objects/render'
import { API_VERSION } from '@/sandbox/settings'
import { keepText, type Snapshot, snapshotOf, withSnapshot } from '@/sandbox/store/packed-event'
import type { EntitlementSet } from '@/sandbox/store/records'
import type { Happening, Outcome, Tx } from '@/sandbox/store/transaction'
import { previousAttributes } from './diff'

/**
 * Writes the events of a transaction, each with its object as it stands at the end, and plans their
 * deliveries, whose ids it returns.
 */
export function writeEvents(tx: Tx, outcome: Outcome, clock: Clock): string[] {
  const planned: string[] = []
  const written = new Set<string>()
  const shown = new Map<string, Shown>()
  for (const happening of outcome.happenings) {
    const key = `${happening.type}:${happening.id}`
    if (written.has(key) || happening.type.startsWith('sandbox.')) continue
    written.add(key)
    const data = dataOf(tx, happening, outcome, shown)
    if (!data) continue
    const event = {
      id: newEventId(happening.id),
      object: 'event' as const,
      api_version: API_VERSION,
      created: tx.now,
      data,
      livemode: false,
      pending_webhooks: 0,
      request: { id: tx.cause?.request ?? null, idempotency_key: tx.cause?.idempotencyKey ?? null },
      type: happening.type,
    } as Stripe.Event
    tx.insert('event', event)
    planned.push(...enqueue(tx, event, clock))
  }
  return planned
}

/**
 * Null when an "updated" changed nothing that can be seen: Stripe then sends nothing. `shown` is
 * what this transaction has shown already.
 */
function dataOf(
  tx: Tx,
  { type, kind, id }: Happening,
  outcome: Outcome,
  shown: Map<string, Shown>,
): object | null {
  const [prefix, shape] = SHAPES.find(([start]) => type.startsWith(start)) ?? ['', plainly]
  const key = `${prefix}:${kind}:${id}`
  const known = shown.get(key)
  const object = known?.object ?? shape(tx, tx.find(kind, id) ?? (outcome.gone(kind, id) as object))
  const snapshot = known?.snapshot ?? snapshotOf(object)
  if (!known) shown.set(key, { object, snapshot })
  if (object === tx.find(kind, id)) keepText(object, snapshot)
  const before = outcome.before(kind, id)
  if (!type.endsWith('.updated') || typeof before !== 'object' || before === null)
    return withSnapshot({ object }, snapshot)
  const previous_attributes = previousAttributes(shape(tx, before), object)
  if (Object.keys(previous_attributes).length === 0) return null
  return withSnapshot({ object, previous_attributes }, snapshot)
}

/** An object as it is by the end of a transaction, and its text. */
interface Shown {
  object: object
  snapshot: Snapshot
}

type Shape = (tx: Tx, kept: object) => object

// What is written down at once need not be copied.
const plainly: Shape = (tx, kept) => (isShownWhole(tx, kept) ? kept : render(tx, kept))

// The types whose object is shown in another form than it is kept in.
const SHAPES: readonly [string, Shape][] = [
  ['plan.', asPlan],
  ['entitlements.active_entitlement_summary.', asSummary],
]

/** The events about plans show the price in its old form. */
function asPlan(_tx: Tx, price: object): object {
  return planOf(price as Stripe.Price)
}

// Stripe puts no more into the event; the list has all.
const IN_SUMMARY = 10

/** What a customer is entitled to, as the event shows it: without an id. */
function asSummary(_tx: Tx, kept: object): object {
  const { id: customer, entitlements } = kept as EntitlementSet
  return {
    object: 'entitlements.active_entitlement_summary',
    customer,
    entitlements: {
      object: 'list',
      data: entitlements.slice(0, IN_SUMMARY),
      has_more: entitlements.length > IN_SUMMARY,
      url: `/v1/customer/${customer}/entitlements`,
    },
    livemode: false,
  }
}
