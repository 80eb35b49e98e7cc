/** The sandbox's only source of time. */
export interface Clock {
  /** Business time in Unix seconds: periods, trials, expiry, every `created`. It can be moved. */
  now(): number
  /** The world's time in milliseconds: signatures, retries, timeouts. It cannot be moved. */
  real(): number
  /** How far business time is ahead of the world's, in seconds. */
  offset(): number
  /** Moves business time. Only forwards: what has happened stays happened. */
  shift(seconds: number): void
  /** Back to the world's time, for a state that holds nothing. */
  reset(): void
}

/** A clock that is `offset` seconds ahead of the world's. */
export function openClock(offset: number): Clock {
  let ahead = offset
  return {
    now: () => Math.floor(Date.now() / 1000) + ahead,
    real: () => Date.now(),
    offset: () => ahead,
    shift(seconds) {
      if (seconds < 0) throw new RangeError('The clock only goes forwards.')
      ahead += seconds
    },
    reset() {
      ahead = 0
    },
  }
}
