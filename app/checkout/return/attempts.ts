/** Reads `try=n` of the waiting page's address; anything else is the first try. */
export function readAttempt(value: unknown): number {
  return typeof value === 'string' && /^\d{1,2}$/.test(value) ? Number(value) : 0
}

// Most activations take under a second, almost all under ten: two-second steps for ten seconds,
// five-second steps for a minute more, then the person decides.
const QUICK = 5
const LAST = 17

/** Seconds until the page asks again; null when it has asked often enough. */
export function nextAskIn(attempt: number): number | null {
  if (attempt >= LAST) return null
  return attempt < QUICK ? 2 : 5
}

/** Whether to say that it takes longer than it should. */
export function isSlow(attempt: number): boolean {
  return attempt > QUICK + 1
}
