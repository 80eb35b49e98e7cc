import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * What `work` gives, and whether the database failed on the way, even if a library's code caught that
 * and went on as if it had answered nothing.
 */
export async function noticingOutage<T>(
  work: () => Promise<T>,
): Promise<{ value: T; outage: Error | null }> {
  const seen: Seen = { outage: null }
  const value = await watchers().run(seen, async () => await work())
  return { value, outage: seen.outage }
}

/** Records for `noticingOutage` that the database failed. */
export function noteOutage(error: Error): void {
  const seen = watchers().getStore()
  if (seen) seen.outage ??= error
}

type Seen = { outage: Error | null }

// Next bundles this file once for pages and once for routes.
function watchers(): AsyncLocalStorage<Seen> {
  shared.ledgerlineOutage ??= new AsyncLocalStorage()
  return shared.ledgerlineOutage
}

// The cast names one property of our own on the global object.
const shared = globalThis as typeof globalThis & { ledgerlineOutage?: AsyncLocalStorage<Seen> }
