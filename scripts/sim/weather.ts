import type { Random } from './random'

export type Side = 'postgres' | 'stripe'
export type Fate = 'arrives' | 'fails' | 'crashes'

/** What goes wrong, and when. It decides for each side of each call. */
export type Weather = {
  /** How long the way takes, in milliseconds. */
  delay(): number
  /** What becomes of who travels, and how long they are frozen before it. */
  fate(side: Side, now: number): Fate
  freeze(): number
  /** Whether the platform drops the work that follows an answer. */
  dropsAfter(): boolean
}

const MINUTE = 60_000

/** One history's own mix of misfortunes, until it turns fair: some are rough, some lack a kind altogether. */
export class RandomWeather implements Weather {
  fair = false
  readonly #random: Random
  readonly #crash: number
  readonly #fail: number
  readonly #freeze: number
  readonly #drop: number
  readonly #skip: number
  readonly #double: number
  readonly #outages: { side: Side; from: number; until: number }[] = []

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
  }

  delay(): number {
    return this.#random.between(1, 400)
  }

  fate(side: Side, now: number): Fate {
    if (this.fair) return 'arrives'
    if (this.#outages.some((o) => o.side === side && o.from <= now && now < o.until)) return 'fails'
    const luck = this.#random.next()
    if (luck < this.#crash) return 'crashes'
    return luck < this.#crash + this.#fail ? 'fails' : 'arrives'
  }

  // Longer than a lease: who wakes from this has been overtaken.
  freeze(): number {
    const frozen = !this.fair && this.#random.chance(this.#freeze)
    return frozen ? this.#random.between(40_000, 100_000) : 0
  }

  dropsAfter(): boolean {
    return !this.fair && this.#random.chance(this.#drop)
  }

  /** How many sweeps a minute has: a cron may be skipped without a trace, or run twice. */
  sweeps(): number {
    if (this.fair) return 1
    if (this.#random.chance(this.#skip)) return 0
    return this.#random.chance(this.#double) ? 2 : 1
  }
}
