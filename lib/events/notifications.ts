import type { Change, Fact } from '@/db/queries/ledger'
import { type Audience, NOTIFIED } from './handlers'

/** `outbox.kind` of somebody to be told about a fact. */
export const NOTIFICATION = 'notification'

/**
 * Who is to be told about these facts. The key is the fact's own, so that a fact is told once,
 * however many events and reads bring it up. What it says is written when it goes out, from what is
 * true then.
 */
export function notificationsOf(facts: readonly Fact[]): Change['outbox'] {
  return facts.flatMap(({ key, kind, objectId, customerId }) => {
    if (!audienceOf(kind)) return []
    return [
      { key: `notification:${key}`, kind: NOTIFICATION, payload: { kind, objectId, customerId } },
    ]
  })
}

/** Who is told of a fact of this kind; undefined where nobody is. */
export function audienceOf(kind: string): Audience | undefined {
  return NOTIFIED.get(kind) ?? SHOWN.get(kind)
}

// What no event tells: a read of Stripe shows it, or we did it.
const SHOWN: ReadonlyMap<string, Audience> = new Map([
  // A second living subscription charges its customer, too: somebody has to choose.
  ['subscription.duplicate', 'operator'],
  // It ended with something unpaid, which is settled: nothing is owed, and paying brings nothing back.
  ['subscription.end', 'customer'],
  // Money came for one that had ended: whose it is, and what became of it.
  ['payment.late', 'both'],
])
