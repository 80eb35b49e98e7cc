import type Stripe from 'stripe'
import type { Tx } from '@/sandbox/store/transaction'

/** The edges of the state machine of subscriptions, as Stripe documents them; `(none)` is before it exists. */
export const LEGAL: Readonly<Record<string, readonly string[]>> = {
  '(none)': ['incomplete', 'trialing', 'active', 'past_due', 'paused'],
  incomplete: ['active', 'trialing', 'incomplete_expired', 'canceled'],
  incomplete_expired: [],
  trialing: ['active', 'past_due', 'paused', 'canceled', 'unpaid'],
  active: ['trialing', 'past_due', 'unpaid', 'paused', 'canceled'],
  past_due: ['active', 'trialing', 'unpaid', 'paused', 'canceled'],
  unpaid: ['active', 'trialing', 'past_due', 'paused', 'canceled'],
  paused: ['active', 'past_due', 'trialing', 'canceled'],
  canceled: [],
}

/** Edges that must not be reached by a scenario, each with the reason. All of them are legal. */
const UNSUPPORTED: Readonly<Record<string, string>> = {
  '(none)→past_due': 'not established of Stripe: a first invoice that fails is incomplete',
  '(none)→paused': 'not established of Stripe',
  'incomplete→trialing': 'not established of Stripe',
  'trialing→unpaid': 'not established of Stripe',
  'past_due→trialing': 'not established of Stripe',
  'unpaid→trialing': 'not established of Stripe',
  'unpaid→past_due': 'not established of Stripe',
  'unpaid→paused': 'not established of Stripe',
  'paused→past_due': 'not established of Stripe',
  'paused→trialing': 'not established of Stripe',
}

/** The edges that a scenario plays and that random lifecycles come to, as `from→to`. */
export function playedEdges(): string[] {
  const all = Object.entries(LEGAL).flatMap(([from, to]) => to.map((word) => `${from}→${word}`))
  return all.filter((edge) => UNSUPPORTED[edge] === undefined)
}

/** Every change of a subscription's status that was emitted. */
export function edgesOf(tx: Tx): [from: string, to: string][] {
  const last = new Map<string, string>()
  return tx.all('event').flatMap(({ data }) => {
    const { object } = data
    if (!('object' in object) || object.object !== 'subscription') return []
    // `object` has just said that it is one.
    const { id, status } = object as Stripe.Subscription
    const from = last.get(id) ?? '(none)'
    last.set(id, status)
    return from === status ? [] : [[from, status] as [string, string]]
  })
}
