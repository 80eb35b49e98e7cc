import type { Change } from '@/db/queries/ledger'
import { ALL_GUARDS, type Guards } from './guards'
import { putOut } from './memory-commit'
import { MemoryTables, type OutboxRow } from './memory-tables'
import type { Random } from './random'

type Clock = { readonly now: number }

// The same as in db/queries/outbox.ts.
const HOLD_MS = 60_000

/** The rules of db/queries/outbox.ts over the outbox in memory. */
export class MemoryOutbox {
  readonly tables = new MemoryTables()
  /** What the last backoff was stretched by: 0 to 1, in thousandths, so that instants stay whole. */
  jitter = 0
  protected readonly clock: Clock
  protected readonly guards: Guards
  readonly #random: Random

  constructor(clock: Clock, random: Random, guards: Guards = ALL_GUARDS) {
    this.clock = clock
    this.#random = random
    this.guards = guards
  }

  /** Takes what is due and holds it for a minute and more. */
  claimEntries(kind: string, limit: number): (OutboxRow & { isOver: boolean })[] {
    const { now } = this.clock
    const due: OutboxRow[] = []
    for (const each of this.tables.outbox.values()) {
      if (each.kind === kind && each.deliveredAt === null && each.nextRunAt <= now) due.push(each)
    }
    if (due.length === 0) return []
    due.sort((a, b) => a.nextRunAt - b.nextRunAt)
    const wait = this.#dice()
    return due.slice(0, limit).map((entry) => {
      entry.nextRunAt = now + HOLD_MS + wait(entry.attempts)
      entry.attempts += 1
      // No email of the simulator's has an end.
      return { ...entry, isOver: false }
    })
  }

  /** The emails that a notification made, and "done" for the notification, in one commit. */
  writeEmails(key: string, emails: Change['outbox']): void {
    for (const email of emails) this.putEmail(email)
    this.closeEntry(key)
  }

  failEntry(key: string, error: string): void {
    const entry = this.tables.outbox.get(key)
    if (entry) entry.lastError = error.slice(0, 500)
  }

  /** Without its guard an email is keyed by the process that wrote it. */
  putEmail(email: Change['outbox'][number]): void {
    const { tables, guards } = this
    const key = guards.emailKeys ? email.key : `${email.key}#${tables.outbox.size}`
    putOut(tables, guards, { ...email, key }, null, this.clock.now)
  }

  closeEntry(key: string): void {
    const entry = this.tables.outbox.get(key)
    if (!entry) return
    entry.deliveredAt = this.clock.now
    entry.lastError = null
  }

  /** When a notification is due next; never when none waits. */
  nextEntry(): number {
    let next = Number.POSITIVE_INFINITY
    for (const { kind, deliveredAt, nextRunAt } of this.tables.outbox.values()) {
      if (kind === 'notification' && deliveredAt === null) next = Math.min(next, nextRunAt)
    }
    return next
  }

  /** How long to wait after so many tries, in milliseconds; and throws the dice for it. */
  protected backoff(tried: number): number {
    return this.#dice()(tried)
  }

  #dice(): (tried: number) => number {
    this.jitter = this.#random.between(0, 1000) / 1000
    const stretch = 0.8 + this.jitter * 0.4
    return (tried) => Math.round(Math.min(5 * 2 ** Math.min(tried, 20), 18_000) * stretch * 1000)
  }
}
