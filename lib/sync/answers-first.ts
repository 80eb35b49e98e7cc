/**
 * Lets the answers to Stripe go first. What follows an answer reads Stripe and commits, which is more work than
 * all that comes before it, on the same processor and the same connections to Postgres: beside the deliveries of
 * a burst it would hold up each that still waits. So it takes turns: none begins while a delivery waits, unless a
 * turn is a second late; then a few at once, one by one; after three seconds it comes in any case.
 */
export class AnswersFirst {
  #unanswered = 0
  #running = 0
  #calling = false
  readonly #waiting = new Set<() => void>()
  readonly #late = new Set<() => void>()

  /** Stores something for a delivery that waits for its answer. */
  async storing<T>(work: () => Promise<T>): Promise<T> {
    this.#unanswered += 1
    try {
      return await work()
    } finally {
      this.#unanswered -= 1
      this.#callNext()
    }
  }

  /** Does what follows an answer, when it is its turn. */
  async following<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting.size === 0 && this.#mayBegin()) this.#running += 1
    else await this.#turn()
    try {
      return await work()
    } finally {
      this.#running -= 1
      this.#callNext()
    }
  }

  #turn(): Promise<void> {
    return new Promise((resolve) => {
      const begin = () => {
        clearTimeout(timer)
        this.#waiting.delete(begin)
        this.#late.delete(begin)
        this.#running += 1
        resolve()
      }
      let timer = setTimeout(() => {
        this.#late.add(begin)
        timer = setTimeout(begin, MOST_MS - LATE_MS)
        this.#callNext()
      }, LATE_MS)
      this.#waiting.add(begin)
    })
  }

  // The one that came first. Eight that begin at the same moment would stand between the deliveries that have just
  // arrived and their answers, so Node takes up what has arrived before each of them.
  #callNext(): void {
    if (this.#calling || this.#waiting.size === 0) return
    this.#calling = true
    setImmediate(() => {
      this.#calling = false
      const [begin] = this.#waiting
      if (!begin || !this.#mayBegin()) return
      begin()
      this.#callNext()
    })
  }

  #mayBegin(): boolean {
    return this.#running < AT_ONCE && (this.#unanswered === 0 || this.#late.size > 0)
  }
}

// A delivery that comes next finds a connection to Postgres that is free: there are ten (db/pool.ts).
const AT_ONCE = 8

// A user who comes back from Checkout waits two seconds for a read that is under way: mostly enough is left for it.
const LATE_MS = 1_000

// Where even eight at once are too few, as when Stripe is slow. It passes under the lease of 30 seconds, as does what
// follows; a read that then takes its whole 25 may be overtaken, which costs the read and no more.
const MOST_MS = 3_000

/** Of this process. */
export const answersFirst = new AnswersFirst()
