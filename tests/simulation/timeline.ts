/** How a history waits until everything that was woken waits for time again. */
export type Quiet = 'tick' | 'immediate'

type Timer = { at: number; happen: () => void }

/** Virtual time: nothing waits, and things happen in the order of their instants. */
export class Timeline {
  /** Milliseconds since 1970, as the history sees them. */
  now: number
  #timers: Timer[] = []
  // What began before the first run is awake, too.
  #awake = true
  readonly #quiet: Quiet

  /** Starts at `start` and stands still until it is run. */
  constructor(start: number, quiet: Quiet = 'tick') {
    this.now = start
    this.#quiet = quiet
  }

  /** Lets something happen in so many milliseconds. It is over when it returns: it awaits nothing. */
  after(milliseconds: number, happen: () => void): void {
    const timers = this.#timers
    const at = this.now + Math.max(0, milliseconds)
    // Kept with the next one last, and of two at one instant the first; a history has a few dozen at a time.
    let place = timers.length
    while (place > 0) {
      const before = timers[place - 1]
      if (!before || before.at > at) break
      place -= 1
    }
    timers.splice(place, 0, { at, happen })
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(milliseconds, () => {
        this.wake()
        resolve()
      })
    })
  }

  /** Says that a promise is resolved or rejected, so that its owner goes on before anything else happens. */
  wake(): void {
    this.#awake = true
  }

  /** When the next thing happens; null when nothing is left to. */
  next(): number | null {
    return this.#timers.at(-1)?.at ?? null
  }

  /** Lets everything happen that is due until then. */
  async run(until: number): Promise<void> {
    this.#awake = true
    for (;;) {
      if (this.#quiet === 'immediate') await new Promise(setImmediate)
      // A tick begins when no promise is left that could go on, and costs less than a turn of the loop.
      else if (this.#awake) await new Promise<void>(soon)
      this.#awake = false
      const next = this.#timers.at(-1)
      if (!next || next.at > until) break
      this.#timers.pop()
      this.now = next.at
      next.happen()
    }
    this.now = Math.max(this.now, until)
  }
}

function soon(resolve: () => void): void {
  process.nextTick(resolve)
}
