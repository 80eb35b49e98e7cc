import type { Random } from './random'
import { Tally } from './tally'

export type Side = 'postgres' | 'stripe'
export type Fate = 'arrives' | 'fails' | 'crashes'

/** What goes wrong, and when. It decides for each side of each call. */
export type FaultPlan = {
  /** How long the way takes, in milliseconds. */
  delay(): number
  /** What becomes of a call, and how long its process is frozen before it. */
  fate(side: Side, now: number): Fate
  freeze(): number
  /** Whether the platform drops the work that follows an answer. */
  dropsAfter(): boolean
  /** Whether Stripe may not be read now, because others read so much. */
  refuses(now: number): boolean
  /** Whether Redis is away, so that no process knows of another's turn. */
  readonly redisAway: boolean
  /** Where it counts what it does. */
  tally: Tally
}

const MINUTE = 60_000
/** The longest way of a call, without a freeze: what is due by then is seen by a call that starts now. */
export const WAY_MS = 400

/** One history's own mix of misfortunes, until it turns fair: some are rough, some lack a kind altogether. */
export class RandomFaultPlan implements FaultPlan {
  fair = false
  tally = new Tally()
  readonly redisAway: boolean
  readonly #random: Random
  readonly #crash: number
  readonly #fail: number
  readonly #freeze: number
  readonly #drop: number
  readonly #skip: number
  readonly #double: number
  readonly #outages: { side: Side; from: number; until: number }[] = []
  readonly #busy: { from: number; until: number } | null

  /** Outages lie within the ten minutes after `start`. */
  constructor(random: Random, start: number) {
    this.#random = random
    this.#crash = random.pick([0, 0.03, 0.03, 0.1])
    this.#fail = random.pick([0, 0.07, 0.07, 0.2])
    this.#freeze = random.pick([0, 0.01, 0.01, 0.04])
    this.#drop = random.pick([0, 0, 0.2, 1])
    this.#skip = random.pick([0, 0.1, 0.1, 0.5])
    this.#double = random.pick([0, 0, 0.3])
    for (const side of ['postgres', 'stripe', 'stripe'] as const) {
      if (!random.chance(0.15)) continue
      const from = start + random.between(0, 4 * MINUTE)
      this.#outages.push({ side, from, until: from + random.between(5_000, 4 * MINUTE) })
    }
    this.redisAway = random.chance(0.15)
    const from = start + random.between(0, 2 * MINUTE)
    this.#busy = random.chance(0.1) ? { from, until: from + random.between(5_000, MINUTE) } : null
  }

  delay(): number {
    return this.#random.between(1, WAY_MS)
  }

  fate(side: Side, now: number): Fate {
    if (this.fair) return 'arrives'
    for (const outage of this.#outages) {
      if (outage.side !== side || now < outage.from || outage.until <= now) continue
      this.tally.add('outage')
      return 'fails'
    }
    const luck = this.#random.next()
    if (luck >= this.#crash + this.#fail) return 'arrives'
    this.tally.add(luck < this.#crash ? 'crashed' : 'failed')
    return luck < this.#crash ? 'crashes' : 'fails'
  }

  // Longer than a lease: a process that wakes from this has been overtaken.
  freeze(): number {
    const frozen = !this.fair && this.#random.chance(this.#freeze)
    if (!frozen) return 0
    this.tally.add('frozen')
    return this.#random.between(40_000, 100_000)
  }

  dropsAfter(): boolean {
    const drops = !this.fair && this.#random.chance(this.#drop)
    if (drops) this.tally.add('dropped')
    return drops
  }

  refuses(now: number): boolean {
    const busy = this.#busy
    const refuses = !this.fair && busy !== null && busy.from <= now && now < busy.until
    if (refuses) this.tally.add('paced')
    return refuses
  }

  /** How many drains a minute has: a cron may be skipped without a trace, or run twice. */
  drains(): number {
    if (this.fair) return 1
    const skipped = this.#random.chance(this.#skip)
    if (skipped) this.tally.add('skipped')
    if (skipped || !this.#random.chance(this.#double)) return skipped ? 0 : 1
    this.tally.add('doubled')
    return 2
  }
}
