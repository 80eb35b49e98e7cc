import type { Claim, EntitlementRow, SubscriptionRow } from '@/db/queries/claim'
import type { Applied, Change, ClaimAnswer, Ingested, Manner, NewEvent } from '@/db/queries/ledger'
import type { CustomerId, EventId } from '@/lib/ids'
import type { Random } from './random'

// The same as in db/queries/ledger.ts: the simulator is about what they protect, not about their size.
const LEASE_MS = 30_000
const WINDOW_MS = 2_000

/** The guards that convergence rests on. A history told with one of them off must show why it is there. */
export type Guards = {
  /** Only the newest claim may commit. */
  fence: boolean
  /** `synced_seq` is what the claim saw, not what stands at the commit. */
  seqAtClaim: boolean
  /** Facts have natural keys; without, each event makes its own. */
  naturalKeys: boolean
  /** An event's own id decides whether it is new. */
  inbox: boolean
  /** What commits is called done; without, it was called done when it was claimed. */
  doneAtCommit: boolean
}

export const ALL_GUARDS: Guards = {
  fence: true,
  seqAtClaim: true,
  naturalKeys: true,
  inbox: true,
  doneAtCommit: true,
}

type StoredEvent = NewEvent & { seq: number; done: boolean }

/** One customer's books in memory, with the rules of db/migrations/0002_event_path.sql. */
export type MemoryLedger = ReturnType<typeof memoryLedger>

export function memoryLedger(
  customerId: CustomerId,
  userId: string,
  now: () => number,
  random: Random,
  guards: Guards,
) {
  const events: StoredEvent[] = []
  const subscriptions = new Map<string, SubscriptionRow>()
  const facts: { key: string; eventId: EventId }[] = []
  const commits: { actions: string[] }[] = []
  let entitlement: EntitlementRow | null = null
  const target = {
    dirtySeq: 0,
    syncedSeq: 0,
    fence: 0,
    leaseUntil: 0,
    waiting: false,
    nextRunAt: 0,
    attempts: 0,
  }

  function claimOf(waitMs: number): Claim {
    const waiting = events.filter(({ done, seq }) => !done && seq <= target.dirtySeq)
    if (!guards.doneAtCommit) for (const event of waiting) event.done = true
    return {
      key: customerId,
      fence: target.fence,
      seq: target.dirtySeq,
      waitMs,
      attempts: target.attempts,
      customer: {
        id: customerId,
        userId,
        livemode: false,
        createdAt: new Date(0),
        deletedAt: null,
      },
      superseded: false,
      subscriptions: [...subscriptions.values()],
      entitlement,
      overrides: [],
      events: waiting.map(({ id, type, objectId, attempt }) => ({
        id,
        type,
        objectId,
        attempt,
        tries: 0,
      })),
    }
  }

  function take(waitMs: number): Claim {
    target.fence += 1
    target.waiting = waitMs > 0
    target.leaseUntil = now() + waitMs + LEASE_MS
    if (waitMs === 0) target.nextRunAt = now() + WINDOW_MS
    return claimOf(waitMs)
  }

  function backOff(counts: boolean) {
    target.attempts = counts ? target.attempts + 1 : Math.max(1, target.attempts)
    target.leaseUntil = 0
    target.waiting = false
    const seconds = Math.min(5 * 2 ** Math.min(target.attempts - 1, 20), 18_000)
    target.nextRunAt = now() + seconds * 1000 * (0.8 + random.next() * 0.4)
  }

  return {
    events,
    facts,
    commits,
    target,
    subscriptions,
    entitlement: () => entitlement,

    ingestEvent(event: NewEvent): Ingested {
      if (guards.inbox && events.some(({ id }) => id === event.id)) {
        return { outcome: 'duplicate', state: 'pending', claim: null }
      }
      target.dirtySeq += 1
      events.push({ ...event, seq: target.dirtySeq, done: false })
      const waitMs = Math.max(0, target.nextRunAt - now())
      const taken = target.leaseUntil > now() || waitMs > WINDOW_MS
      if (taken) {
        target.nextRunAt = Math.min(target.nextRunAt, Math.max(now() + 60_000, target.leaseUntil))
      }
      return { outcome: 'new', state: 'pending', claim: taken ? null : take(waitMs) }
    },

    claimTarget(options: { fence?: number; mark?: boolean; takeover?: boolean }): ClaimAnswer {
      if (options.mark) target.dirtySeq += 1
      const held =
        options.fence === undefined
          ? target.leaseUntil > now() && !(options.takeover && target.waiting)
          : target.fence !== options.fence
      return { held, seq: target.dirtySeq, claim: held ? null : take(0) }
    },

    claimDue(): Claim[] {
      const due = target.dirtySeq > target.syncedSeq && target.nextRunAt <= now()
      return due && target.leaseUntil <= now() ? [take(0)] : []
    },

    applySync(claim: Claim, change: Change, { stay, counts }: Manner): Applied {
      if (guards.fence && claim.fence !== target.fence) {
        return { applied: false, again: false, waitMs: 0 }
      }
      const seq = guards.seqAtClaim ? claim.seq : target.dirtySeq
      target.syncedSeq = Math.max(target.syncedSeq, seq)
      target.attempts = 0
      for (const row of change.subscriptions) {
        subscriptions.set(row.id, { ...row, fence: claim.fence, syncedAt: new Date(now()) })
      }
      if (change.entitlement) {
        entitlement = { ...change.entitlement, fence: claim.fence, computedAt: new Date(now()) }
      }
      for (const { key, eventId } of change.facts) {
        const known = facts.some((fact) => fact.key === key)
        if (!known || !guards.naturalKeys) facts.push({ key, eventId })
      }
      const told = new Set(claim.events.map(({ id }) => id))
      for (const event of events) if (told.has(event.id)) event.done = true
      commits.push({ actions: change.audits.map(({ action }) => action) })
      if (change.retry) {
        target.dirtySeq = Math.max(target.dirtySeq, target.syncedSeq + 1)
        backOff(counts)
        return { applied: true, again: false, waitMs: 0 }
      }
      const again = stay && target.dirtySeq > seq
      target.waiting = again
      target.leaseUntil = again ? Math.max(target.nextRunAt, now()) + LEASE_MS : 0
      return { applied: true, again, waitMs: again ? Math.max(0, target.nextRunAt - now()) : 0 }
    },

    failTarget(claim: Claim, { counts }: Pick<Manner, 'counts'>): void {
      if (claim.fence === target.fence && target.dirtySeq > target.syncedSeq) backOff(counts)
    },
  }
}
