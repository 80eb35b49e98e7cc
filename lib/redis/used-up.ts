// As many windows as one process may be made to remember: about 1 MB.
const MAX_WINDOWS = 10_000

/** Windows that Redis has called used up, until they end: asking again would only hear the same. */
export class UsedUp {
  readonly #endsAt = new Map<string, number>()

  /** `now` is in milliseconds, of any clock that never goes back. */
  note(key: string, secondsLeft: number, now: number): void {
    // Forgetting one costs a question.
    const [oldest] = this.#endsAt.keys()
    if (this.#endsAt.size >= MAX_WINDOWS && oldest !== undefined) this.#endsAt.delete(oldest)
    this.#endsAt.set(key, now + secondsLeft * 1000)
  }

  /** How many seconds are left of a window that is used up, rounded up; null for any other. */
  secondsLeft(key: string, now: number): number | null {
    const endsAt = this.#endsAt.get(key)
    if (endsAt === undefined) return null
    if (endsAt > now) return Math.ceil((endsAt - now) / 1000)
    this.#endsAt.delete(key)
    return null
  }
}
