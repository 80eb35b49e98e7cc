import type Stripe from 'stripe'
import { BRAND } from '@/lib/brand'
import type { EntitlementRow, LocalState, SubscriptionRow } from './read-database'
import type { StripeModel } from './read-stripe'

/**
 * Compares the records with Stripe's state once everything has had its time. It says what must be in its
 * own words, not with the application's code, which might be wrong in the same way.
 * @returns a sentence for each thing that is wrong; empty when nothing is
 */
export function verdict(stripeModel: StripeModel, records: LocalState): string[] {
  return [
    ...inbox(stripeModel, records),
    ...facts(stripeModel, records),
    ...subscriptions(stripeModel, records),
    ...entitlements(stripeModel, records),
    ...records.dirty.map(({ key, reason }) => `${key} still waits for a read (${reason}).`),
    ...records.broken.map(({ scope, n }) => `The audit chain of ${scope} is broken at ${n}.`),
  ]
}

function inbox({ events, acknowledged }: StripeModel, records: LocalState): string[] {
  const states = countBy(records.events, ({ id }) => id)
  const done = new Map(records.events.map(({ id, state }) => [id, state]))
  return events.flatMap(({ id }) => {
    const times = states.get(id) ?? 0
    if (times === 0 && acknowledged.has(id)) return [`${id} was answered 2xx, and is lost.`]
    if (times === 0) return [`${id} was never taken.`]
    if (times > 1) return [`${id} is stored ${times} times.`]
    return done.get(id) === 'done' ? [] : [`${id} is ${done.get(id)}, not done.`]
  })
}

function facts({ events }: StripeModel, records: LocalState): string[] {
  const due = new Set(events.flatMap((event) => factOf(event)?.key ?? []))
  const kept = countBy(
    records.facts.filter(({ key }) => KINDS.some((kind) => key.startsWith(`${kind}:`))),
    ({ key }) => key,
  )
  const lost = [...due].filter((key) => !kept.has(key)).map((key) => `The fact ${key} is lost.`)
  const wrong = [...kept].flatMap(([key, times]) => {
    if (!due.has(key)) return [`The fact ${key} never happened.`]
    return times > 1 ? [`The fact ${key} is kept ${times} times.`] : []
  })
  // Attempts of one invoice are facts of their own, and their audit rows look alike.
  const dueRows = countBy([...due], (key) => key.split(':').slice(0, 2).join(':'))
  const rows = new Map(
    records.audited.map(({ kind, object, times }) => [`${kind}:${object}`, times]),
  )
  const miscounted = [...dueRows].flatMap(([name, times]) =>
    rows.get(name) === times
      ? []
      : [`${name} is audited ${rows.get(name) ?? 0} times, and happened ${times} times.`],
  )
  return [...lost, ...wrong, ...miscounted]
}

const KINDS = ['invoice.paid', 'invoice.payment_failed']

function factOf({ type, data: { object } }: Stripe.Event): { key: string } | null {
  if (!KINDS.includes(type) || object.object !== 'invoice') return null
  const attempt = type === 'invoice.payment_failed' ? `:${object.attempt_count}` : ''
  return { key: `${type}:${object.id}${attempt}` }
}

function subscriptions(stripeModel: StripeModel, records: LocalState): string[] {
  const rows = new Map(records.subscriptions.map((row) => [row.id, row]))
  return stripeModel.subscriptions.flatMap((subscription) => {
    const row = rows.get(subscription.id)
    return row
      ? differing(subscription.id, rowOf(subscription), row)
      : [`${subscription.id} is not in the records.`]
  })
}

function rowOf(from: Stripe.Subscription): SubscriptionRow {
  const [item] = from.items.data
  return {
    id: from.id,
    customer: idOf(from.customer),
    status: from.status,
    tier: tierOf(from),
    price: item?.price.id ?? null,
    period_end: instant(item?.current_period_end ?? null),
    cancel_at: instant(from.cancel_at),
    cancels: from.cancel_at_period_end,
    ended_at: instant(from.ended_at),
  }
}

function entitlements(stripeModel: StripeModel, records: LocalState): string[] {
  const rows = new Map(records.entitlements.map((row) => [row.workspace, row]))
  const bought = new Map(stripeModel.subscriptions.map((each) => [idOf(each.customer), each]))
  return stripeModel.people.flatMap(({ userId, customerId }) => {
    const subscription = bought.get(customerId)
    if (!subscription) return []
    const row = rows.get(userId)
    const grants = subscription.status === 'active'
    const due: EntitlementRow = {
      workspace: userId,
      tier: grants ? `${tierOf(subscription)}` : 'free',
      status: subscription.status,
      access: grants ? 'full' : 'none',
      subscription: subscription.id,
    }
    return row ? differing(userId, due, row) : [`${userId} of ${customerId} has no entitlement.`]
  })
}

function tierOf({ items }: Stripe.Subscription): string | null {
  return LOOKUP_KEY.exec(items.data[0]?.price.lookup_key ?? '')?.[1] ?? null
}

function differing(name: string, due: object, is: object): string[] {
  const kept = new Map(Object.entries(is))
  return Object.entries(due).flatMap(([field, value]) =>
    JSON.stringify(kept.get(field)) === JSON.stringify(value)
      ? []
      : [
          `${name}: ${field} is ${JSON.stringify(kept.get(field))}, and at Stripe ${JSON.stringify(value)}.`,
        ],
  )
}

function countBy<T>(all: readonly T[], name: (each: T) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const each of all) counts.set(name(each), (counts.get(name(each)) ?? 0) + 1)
  return counts
}

function idOf(of: string | { id: string }): string {
  return typeof of === 'string' ? of : of.id
}

function instant(seconds: number | null): Date | null {
  return seconds === null ? null : new Date(seconds * 1000)
}

const LOOKUP_KEY = new RegExp(`^${BRAND.stripe.lookupPrefix}_(\\w+)_`)
