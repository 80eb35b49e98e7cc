// Three in a row are no accident, and cost a request at most half a second in all.
const FAILURES_TO_OPEN = 3

// Long enough that a dead Redis costs next to nothing, short enough to notice that it is back.
const OPEN_MS = 10_000

/**
 * Stops asking what does not answer. After three failures in a row it is open for 10 s; then one
 * call may try, and decides whether it closes or stays open for another 10 s.
 */
export class Breaker {
  #failures = 0
  #openUntil = 0

  /** `now` is any clock in milliseconds that never goes back. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  allows(): boolean {
    if (this.#failures < FAILURES_TO_OPEN) return true
    if (this.now() < this.#openUntil) return false
    // The first caller to get here is the one that tries; the others wait for its answer.
    this.#openUntil = this.now() + OPEN_MS
    return true
  }

  /** Whether nothing is wrong. Asking does not take the turn to try. */
  isClosed(): boolean {
    return this.#failures < FAILURES_TO_OPEN
  }

  /** Returns whether this success closed it. */
  succeeded(): boolean {
    const wasOpen = this.#failures >= FAILURES_TO_OPEN
    this.#failures = 0
    return wasOpen
  }

  /** Returns whether this failure opened it. */
  failed(): boolean {
    this.#failures += 1
    this.#openUntil = this.now() + OPEN_MS
    return this.#failures === FAILURES_TO_OPEN
  }
}
