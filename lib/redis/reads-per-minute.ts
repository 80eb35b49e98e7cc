import 'server-only'
import { type Store, store } from './client'

/**
 * How often Stripe was read in each of the last minutes, by all processes together, the newest last; null where
 * Redis does not say. `now` in milliseconds since 1970.
 */
export async function readsPerMinute(
  namespace: string,
  { minutes, now }: { minutes: number; now: number },
  redis: Store = store(),
): Promise<{ at: Date; reads: number }[] | null> {
  const begin = Math.floor(now / 60_000) - minutes + 1
  const instants = Array.from({ length: minutes }, (_, n) => (begin + n) * 60_000)
  const answer = await redis.ask((client) => {
    const all = client.multi()
    for (const at of instants) all.get(minuteKey(namespace, at))
    return all.exec<(number | null)[]>()
  })
  if (!answer.ok) return null
  return instants.map((at, n) => ({ at: new Date(at), reads: Number(answer.value[n] ?? 0) }))
}

/** Where the reads of the minute of an instant are counted. */
export function minuteKey(namespace: string, at: number): string {
  return `${namespace}:reads_minute:${Math.floor(at / 60_000)}`
}
