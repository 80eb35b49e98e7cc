import 'server-only'
import { type Store, store } from './client'

/** Something in one database of which there are versions, each with a higher fence than the one before. */
export type Versioned = { namespace: string; name: string }

/** Keeps a version for so long. A lower one than the fence says is never given out. Never throws. */
export async function rememberVersion(
  { namespace, name }: Versioned,
  { fence, value }: { fence: number; value: object },
  seconds: number,
  redis: Store = store(),
): Promise<void> {
  const text = JSON.stringify({ fence, value })
  await redis.ask((client) => client.set(`${namespace}:version:${name}`, text, { ex: seconds }))
}

/**
 * Says that no version below this fence holds any more, for so long: longer than any of them is kept.
 * Call it once the new one is committed. Never throws.
 */
export async function raiseFence(
  { namespace, name }: Versioned,
  fence: number,
  seconds: number,
  redis: Store = store(),
): Promise<void> {
  const key = `${namespace}:fence:${name}`
  const raise = (to: number) => swap(redis, key, to, seconds)
  const before = await raise(fence)
  // Of two commits the later can come here first.
  if (before !== null && before > fence) await raise(before)
}

async function swap(redis: Store, key: string, fence: number, seconds: number) {
  const answer = await redis.ask((to) => to.set<number>(key, fence, { ex: seconds, get: true }))
  return answer.ok && typeof answer.value === 'number' ? answer.value : null
}

/** The version that is kept; null when there is none, or a newer one is known to be. Never throws. */
export async function findVersion(
  { namespace, name }: Versioned,
  redis: Store = store(),
): Promise<unknown> {
  const keys = [`${namespace}:version:${name}`, `${namespace}:fence:${name}`] as const
  const answer = await redis.ask((to) => to.multi().get(keys[0]).get(keys[1]).exec())
  if (!answer.ok) return null
  const [kept, least] = answer.value
  const { fence, value }: { fence?: unknown; value?: unknown } = Object(kept)
  if (typeof fence !== 'number' || fence < Number(least ?? 0)) return null
  return value ?? null
}
