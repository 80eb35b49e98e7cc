import 'server-only'
import type { Actor } from '@/lib/audit/actor'
import { env } from '@/lib/env'
import type { UserId, WorkspaceId } from '@/lib/ids'
import { type Store, store } from './client'
import { paceRead } from './pace-read'
import { limitRate, type RateDecision } from './rate-limit'

// On all pages together: one a second is more than any user who waits or reloads, and no burden to Stripe.
const READS = { name: 'stripe.person', limit: 60, windowSeconds: 60, whenDown: 'refuse' } as const

/** Whose reads are counted together. */
export type Reader = UserId | WorkspaceId

/** A user or an operator, whichever workspace they look at; where no one asks in person, the workspace itself. */
export function readerOf(actor: Actor, workspaceId: WorkspaceId): Reader {
  return actor.type === 'user' || actor.type === 'operator' ? actor.id : workspaceId
}

/**
 * Whether a person may make us read Stripe once more, on whatever page. Ask before each read, and
 * show what we know when the answer is no. Never throws.
 */
export function mayRead(reader: Reader, redis: Store = store()): Promise<RateDecision> {
  return limitRate({ ...READS, key: reader }, redis)
}

/**
 * Counts one read that a user caused among all reads, so that webhooks and drains leave room for
 * it. No caller waits for that. A claim's read counts itself (`lib/sync/run-claim.ts`).
 */
export function countRead(redis: Store = store()): void {
  const { databaseFingerprint, stripe } = env()
  const pace = { namespace: databaseFingerprint, perSecond: stripe.readsPerSecond, urgent: true }
  void paceRead(pace, redis)
}
