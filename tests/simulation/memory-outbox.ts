import type { Change } from '@/db/queries/ledger'
import { ALL_GUARDS, type Guards } from './guards'
import { putOut } from './memory-commit'
import { type EffectRow, MemoryTables } from './memory-tables'
import type { Random } from './random'

type Clock = { readonly now: number }

// The same as in db/queries/effects.ts.
const HOLD_MS = 60_000

/** The rules of db/queries/effects.ts over the outbox in memory. */
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
  claimEffects(kind: string, limit: number): (EffectRow & { isOver: boolean })[] {
    const { now } = this.clock
    const due: EffectRow[] = []
    for (const each of this.tables.effects.values()) {
      if (each.kind === kind && each.deliveredAt === null && each.nextRunAt <= now) due.push(each)
    }
    if (due.length === 0) return []
    due.sort((a, b) => a.nextRunAt - b.nextRunAt)
    const wait = this.#dice()
    return due.slice(0, limit).map((effect) => {
      effect.nextRunAt = now + HOLD_MS + wait(effect.attempts)
      effect.attempts += 1
      // No letter of the simulator's has an end.
      return { ...effect, isOver: false }
    })
  }

  /** The letters that a notice made, and "done" for the notice, in one commit. */
  writeLetters(key: string, letters: Change['effects']): void {
    for (const letter of letters) this.putLetter(letter)
    this.closeEffect(key)
  }

  failEffect(key: string, error: string): void {
    const effect = this.tables.effects.get(key)
    if (effect) effect.lastError = error.slice(0, 500)
  }

  /** Without its guard a letter is keyed by who wrote it. */
  putLetter(letter: Change['effects'][number]): void {
    const { tables, guards } = this
    const key = guards.letterKeys ? letter.key : `${letter.key}#${tables.effects.size}`
    putOut(tables, guards, { ...letter, key }, null, this.clock.now)
  }

  closeEffect(key: string): void {
    const effect = this.tables.effects.get(key)
    if (!effect) return
    effect.deliveredAt = this.clock.now
    effect.lastError = null
  }

  /** When a notice is due next; never when none waits. */
  nextEffect(): number {
    let next = Number.POSITIVE_INFINITY
    for (const { kind, deliveredAt, nextRunAt } of this.tables.effects.values()) {
      if (kind === 'notice' && deliveredAt === null) next = Math.min(next, nextRunAt)
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
