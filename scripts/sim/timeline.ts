/** Virtual time: nothing waits, and things happen in the order of their instants. */
export type Timeline = {
  /** Milliseconds since 1970, as the history sees them. */
  now(): number
  sleep(milliseconds: number): Promise<void>
  /** Runs until nothing is left to happen, or until `until`. */
  run(until: number): Promise<void>
}

type Timer = { at: number; order: number; wake: () => void }

/** Starts at `start` and stands still until it is run. */
export function timeline(start: number): Timeline {
  const timers: Timer[] = []
  let now = start
  let order = 0
  return {
    now: () => now,
    sleep: (milliseconds) =>
      new Promise((wake) => {
        order += 1
        insert(timers, { at: now + Math.max(0, milliseconds), order, wake })
      }),
    async run(until) {
      for (;;) {
        // Lets everything that is awake go on until it waits for time again.
        await new Promise(setImmediate)
        const next = timers.at(-1)
        if (!next || next.at > until) break
        timers.pop()
        now = next.at
        next.wake()
      }
      now = Math.max(now, until)
    },
  }
}

// Kept with the next one last; a history has a few dozen at a time.
function insert(timers: Timer[], timer: Timer): void {
  let at = timers.length
  while (at > 0) {
    const before = timers[at - 1]
    if (!before || before.at > timer.at || (before.at === timer.at && before.order > timer.order))
      break
    at -= 1
  }
  timers.splice(at, 0, timer)
}
