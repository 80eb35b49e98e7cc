import type { Claim } from '@/db/queries/claim'
import type { Applied, Change, ClaimAnswer, Finish, Ingested, NewEvent } from '@/db/queries/ledger'
import type { Subscriber } from '@/db/queries/subscribers'
import { systemActor } from '@/lib/audit/actor'
import type { CheckoutSessionId, CustomerId, WorkspaceId } from '@/lib/ids'
import type { Drift } from '@/lib/reconcile/record-drift'
import { WINDOW_MS } from '@/tests/harness/debounce-window'
import { write } from './memory-commit'
import { doubt, insertCustomer, rivalsOf, settleCustomer } from './memory-customer'
import { MemoryOutbox } from './memory-outbox'
import { EventRow, newTarget, pendingEvents, type TargetRow } from './memory-tables'

// The same as in db/queries/ledger.ts: the simulator is about what it protects, not about its size.
const LEASE_MS = 30_000

/**
 * The rules of db/functions over tables in memory: what each
 * function answers and what it leaves, at an instant and with a chance that the history gives.
 */
export class MemoryLedger extends MemoryOutbox {
  /** When each target was claimed to be read at once, and whether a person asked for it. */
  readonly reads: { key: string; at: number; person: boolean; fence: number }[] = []

  ingestEvent(event: NewEvent): Ingested {
    const { tables } = this
    const target = event.targetKey === null ? null : this.#ensure(event.targetKey)
    const known = tables.eventById.get(event.id)
    if (known && this.guards.inbox) {
      return { outcome: 'duplicate', state: known.state, claim: null }
    }
    const state = target ? 'pending' : 'ignored'
    const row = new EventRow(event, target && target.dirtySeq + 1, state)
    tables.events.push(row)
    tables.eventById.set(event.id, row)
    if (!target) return { outcome: 'new', state, claim: null }

    const waiting = tables.pending.get(target.key)
    if (waiting) waiting.push(row)
    else tables.pending.set(target.key, [row])
    target.dirtySeq += 1
    const { now } = this.clock
    const waitMs = Math.max(0, target.nextRunAt - now)
    if (this.#isHeld(target) || waitMs > WINDOW_MS) {
      const soon = Math.max(now + 60_000, target.leaseUntil ?? 0)
      target.nextRunAt = Math.min(target.nextRunAt, soon)
      return { outcome: 'new', state, claim: null }
    }
    return { outcome: 'new', state, claim: this.#take(target, waitMs) }
  }

  claimTarget(
    key: string,
    options: { fence?: number; mark?: boolean; takeover?: boolean } = {},
  ): ClaimAnswer {
    const target = options.mark ? this.#ensure(key) : this.tables.targets.get(key)
    if (!target) return { held: false, seq: 0, claim: null }
    if (options.mark) target.dirtySeq += 1
    const held =
      options.fence === undefined
        ? this.#isHeld(target) && !(options.takeover && target.waiting)
        : target.fence !== options.fence
    if (held) return { held, seq: target.dirtySeq, claim: null }
    const claim = this.#take(target, 0, options.takeover)
    return { held, seq: target.dirtySeq, claim }
  }

  claimDue(limit: number): Claim[] {
    const { now } = this.clock
    const due = [...this.tables.targets.values()].filter(
      (each) =>
        each.dirtySeq > each.syncedSeq && each.nextRunAt <= now && (each.leaseUntil ?? 0) <= now,
    )
    due.sort((a, b) => a.nextRunAt - b.nextRunAt)
    return due.slice(0, limit).map((target) => this.#take(target, 0))
  }

  applySync(claim: Claim, change: Change, { keepLease, countAttempt }: Finish): Applied {
    const { now } = this.clock
    const target = this.tables.targets.get(claim.key)
    if (!target || (this.guards.fence && claim.fence !== target.fence)) {
      return { applied: false, again: false, waitMs: 0 }
    }
    const seq = this.guards.seqAtClaim ? claim.seq : target.dirtySeq
    target.syncedSeq = Math.max(target.syncedSeq, seq)
    target.attempts = 0
    target.lastError = null
    target.lastSyncedAt = now
    this.#leave(target, keepLease && target.dirtySeq > seq)
    if (this.guards.superseded && this.tables.isSuperseded(claim.key) && !claim.superseded) {
      target.dirtySeq += 1
      this.#leave(target, false)
      const workspaceId = this.tables.customer(claim.key)?.workspaceId ?? null
      const other = workspaceId && this.tables.livingCustomer(workspaceId)
      if (other) this.#mark([other.id])
      return { applied: false, again: false, waitMs: 0 }
    }
    if (this.guards.marksAtCommit) this.#mark([...change.marks, ...rivalsOf(this.tables, change)])
    const settled = settleCustomer(this.tables, this.guards, claim, change, now)
    if (settled?.adopted && this.guards.adoptedAgain) {
      target.dirtySeq += 1
      this.#leave(target, keepLease)
    }
    const fence = write(this.tables, this.guards, claim, change, now, settled)
    if (change.retry !== null) {
      if (this.guards.retryStaysDirty) {
        target.dirtySeq = Math.max(target.dirtySeq, target.syncedSeq + 1)
      }
      this.#backOff(target, claim.attempts, countAttempt, change.retry)
      return { applied: true, again: false, waitMs: 0, fence }
    }
    const again = keepLease && target.dirtySeq > seq
    const waitMs = again ? Math.max(0, target.nextRunAt - now) : 0
    return { applied: true, again, waitMs, fence }
  }

  failTarget(claim: Claim, error: string, { countAttempt }: Pick<Finish, 'countAttempt'>): void {
    const target = this.tables.targets.get(claim.key)
    if (target?.fence === claim.fence && target.dirtySeq > target.syncedSeq) {
      this.#backOff(target, target.attempts, countAttempt, error)
    }
  }

  /** Marks targets dirty, and due within the window. */
  markTargets(keys: readonly string[]): void {
    this.#mark(keys)
  }

  #mark(keys: readonly string[]): void {
    for (const key of keys) {
      const target = this.#ensure(key)
      target.dirtySeq += 1
      target.nextRunAt = Math.min(target.nextRunAt, this.clock.now + WINDOW_MS)
    }
  }

  /** Gives a lease back unused. */
  releaseTarget({ key, fence }: Claim): void {
    const target = this.tables.targets.get(key)
    if (target?.fence !== fence) return
    target.leaseUntil = null
    const unread = this.reads.findLastIndex((read) => read.key === key && read.fence === fence)
    if (unread >= 0) this.reads.splice(unread, 1)
    if (!target.waiting) target.nextRunAt = this.clock.now
    target.waiting = false
  }

  /** Marks and audits whose records are wrong, unless a process reads them, or has in these milliseconds. */
  recordDrift({ key, differences }: Drift, sinceMs: number): boolean {
    const { now } = this.clock
    const target = this.#ensure(key)
    const synced = target.lastSyncedAt
    const read = synced !== null && synced >= now - sinceMs
    if (target.dirtySeq > target.syncedSeq || this.#isHeld(target) || read) return false
    target.dirtySeq += 1
    doubt(this.tables, key, differences, now)
    for (const { before, after } of differences) {
      const actor = systemActor('cron.reconcile')
      const row = { scope: key, actor, action: 'drift.detect', before, after, eventIds: [] }
      this.tables.audits.push(row)
    }
    return true
  }

  listSubscribers(priceIds: string[]): Subscriber[] {
    return this.tables.subscribers(priceIds)
  }

  /** What our own checkout writes before it sends a person to Stripe. */
  insertCustomer(row: { id: CustomerId; workspaceId: WorkspaceId; livemode: boolean }): boolean {
    return insertCustomer(this.tables, row, this.clock.now)
  }

  openIntent(sessionId: CheckoutSessionId, workspaceId: WorkspaceId): void {
    this.tables.intents.push({ sessionId, workspaceId, state: 'open' })
  }

  /** When a drain has something to do next; null when everything is clean. */
  nextDue(): number | null {
    let next = this.nextEntry()
    for (const { dirtySeq, syncedSeq, nextRunAt, leaseUntil } of this.tables.targets.values()) {
      if (dirtySeq > syncedSeq) next = Math.min(next, Math.max(nextRunAt, leaseUntil ?? 0))
    }
    return next === Number.POSITIVE_INFINITY ? null : next
  }

  #ensure(key: string): TargetRow {
    const known = this.tables.targets.get(key)
    if (known) return known
    const target = newTarget(key, this.clock.now)
    this.tables.targets.set(key, target)
    return target
  }

  #isHeld({ leaseUntil }: TargetRow): boolean {
    return leaseUntil !== null && leaseUntil > this.clock.now
  }

  #take(target: TargetRow, waitMs: number, person = false): Claim {
    const { now } = this.clock
    target.fence += 1
    target.waiting = waitMs > 0
    target.leaseUntil = this.guards.leaseEnds ? now + waitMs + LEASE_MS : Number.MAX_SAFE_INTEGER
    if (waitMs === 0) {
      if (this.guards.window) target.nextRunAt = now + WINDOW_MS
      this.reads.push({ key: target.key, at: now, person, fence: target.fence })
    }
    return this.#claimOf(target, waitMs)
  }

  #claimOf({ key, fence, dirtySeq, attempts }: TargetRow, waitMs: number): Claim {
    const { tables } = this
    const customer = tables.customer(key)
    const workspaceId = customer?.workspaceId ?? null
    const waiting = tables.pending.get(key) ?? []
    if (!this.guards.doneAtCommit) {
      for (const event of waiting) event.state = 'done'
      tables.pending.delete(key)
    }
    return {
      key,
      fence,
      seq: dirtySeq,
      waitMs,
      attempts,
      customer,
      superseded: this.guards.superseded && tables.isSuperseded(key),
      subscriptions: tables.subscriptionsOf(key),
      entitlement: (workspaceId !== null && tables.entitlements.get(workspaceId)) || null,
      overrides: tables.overrides.filter(
        (each) => each.workspaceId === workspaceId && !each.revokedAt,
      ),
      events: pendingEvents(waiting),
    }
  }

  // A lease owner that stays waits out the window under a lease of its own; else the lease is given back.
  #leave(target: TargetRow, stays: boolean): void {
    target.waiting = stays
    target.leaseUntil = stays ? Math.max(target.nextRunAt, this.clock.now) + LEASE_MS : null
  }

  #backOff(target: TargetRow, tried: number, countAttempt: boolean, error: string): void {
    const wait = this.backoff(tried)
    target.attempts = countAttempt ? tried + 1 : Math.max(tried, 1)
    target.lastError = error.slice(0, 500)
    target.leaseUntil = null
    target.waiting = false
    target.nextRunAt = this.clock.now + wait
  }
}
