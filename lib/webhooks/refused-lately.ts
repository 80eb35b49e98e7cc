// A delivery that was refused comes again, perhaps an hour later: until then nothing else would show it.
const LATELY_MS = 2 * 60_000

/**
 * Notes whether a delivery that Stripe signed could be stored. `now` is any clock in milliseconds
 * that never goes back.
 */
export function noteDelivery(stored: boolean, now: number = performance.now()): void {
  shared.ledgerlineRefusedAt = stored ? undefined : now
}

/** Whether the last delivery to this process was refused for want of Postgres, in the last two minutes. */
export function refusedLately(now: number = performance.now()): boolean {
  const at = shared.ledgerlineRefusedAt
  return at !== undefined && now - at < LATELY_MS
}

// The webhook and the health check are bundled apart. The cast names one property of our own on the global object.
const shared = globalThis as typeof globalThis & { ledgerlineRefusedAt?: number | undefined }
