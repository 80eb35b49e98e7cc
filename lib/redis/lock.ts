import 'server-only'
import { randomUUID } from 'node:crypto'
import { type Store, store } from './client'

/** One piece of work in one database: `namespace` is the database's fingerprint. */
export type Lock = { namespace: string; name: string }

/**
 * Runs `work` unless another process is known to be doing the same; then null. It saves work and
 * decides nothing: when Redis does not answer, no owner is known and `work` runs, and an owner whose
 * `ttlMs` is over may run beside the next one. Throws only what `work` throws.
 */
export async function unlessHeld<T>(
  { namespace, name }: Lock,
  ttlMs: number,
  work: () => Promise<T>,
  redis: Store = store(),
): Promise<{ value: T } | null> {
  const key = `${namespace}:lock:${name}`
  const token = randomUUID()
  // GET distinguishes our own token from another's when the first answer was lost and the client asked again.
  const answer = await redis.ask((client) =>
    client.set(key, token, { nx: true, get: true, px: ttlMs }),
  )
  if (answer.ok && answer.value !== null && answer.value !== token) return null
  try {
    return { value: await work() }
  } finally {
    if (answer.ok) await release(redis, key, token)
  }
}

// By its owner only: after the time is over the lock can have another owner.
async function release(redis: Store, key: string, token: string): Promise<void> {
  await redis.ask((client) => client.exec<number>(['DELEX', key, 'IFEQ', token]))
}
