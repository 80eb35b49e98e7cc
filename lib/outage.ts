import { ambient } from '@/lib/ambient'

/**
 * What `work` gives, and whether the database failed on the way, even if a library's code caught that
 * and went on as if it had answered nothing.
 */
export async function noticingOutage<T>(
  work: () => Promise<T>,
): Promise<{ value: T; outage: Error | null }> {
  const seen: Seen = { outage: null }
  const value = await watcher.run(seen, async () => await work())
  return { value, outage: seen.outage }
}

/** Records for `noticingOutage` that the database failed. */
export function noteOutage(error: Error): void {
  const seen = watcher.get()
  if (seen) seen.outage ??= error
}

type Seen = { outage: Error | null }

const watcher = ambient<Seen>(Symbol.for('app.outage'))
