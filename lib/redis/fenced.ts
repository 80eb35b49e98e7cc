import 'server-only'
import { Batches } from './batches'
import { type Store, store } from './client'
import { ofStore } from './of-store'

/** Something in one database of which there are versions, each with a higher fence than the one before. */
export type Versioned = { namespace: string; name: string }

/**
 * Keeps a version for so long, together with others that come at the same time. A lower one than the fence says
 * is never given out. Never throws. Over once the request that carries it is: keep the process alive until then.
 */
export async function rememberVersion(
  { namespace, name }: Versioned,
  { fence, value }: { fence: number; value: object },
  seconds: number,
  redis: Store = store(),
): Promise<void> {
  const text = JSON.stringify({ fence, value })
  await remembering(redis).add({ key: `${namespace}:version:${name}`, text, seconds })
}

type Kept = { key: string; text: string; seconds: number }

// A lone version is kept at once; in a burst one request does for all of a tenth of a second. What comes faster
// than that is not kept: it only bridges the absence of Postgres.
const LIMITS = { everyMs: 100, most: 200 }

const remembering = ofStore(
  (redis) => new Batches((items: readonly Kept[]) => rememberAll(redis, items), LIMITS),
)

async function rememberAll(redis: Store, items: readonly Kept[]): Promise<readonly unknown[]> {
  await redis.ask(
    (client) => {
      const pipeline = client.pipeline()
      for (const { key, text, seconds } of items) pipeline.set(key, text, { ex: seconds })
      return pipeline.exec()
    },
    { beside: true },
  )
  return []
}

/**
 * Says that no version below this fence holds any more, for so long: longer than any of them is kept. Those that
 * are raised at the same time share one request. Call it once the new one is committed. Never throws.
 */
export async function raiseFence(
  { namespace, name }: Versioned,
  fence: number,
  seconds: number,
  redis: Store = store(),
): Promise<void> {
  await raising(redis).add({ key: `${namespace}:fence:${name}`, fence, seconds })
}

type Raised = { key: string; fence: number; seconds: number }

// At once; what is raised while Redis is asked is in the next request. None may be let go.
const ALL_AT_ONCE = { everyMs: 0, most: Number.POSITIVE_INFINITY }

const raising = ofStore(
  (redis) => new Batches((items: readonly Raised[]) => raiseAll(redis, items), ALL_AT_ONCE),
)

async function raiseAll(redis: Store, items: readonly Raised[]): Promise<readonly unknown[]> {
  for (let from = 0; from < items.length; from += A_REQUEST) {
    const some = items.slice(from, from + A_REQUEST)
    // Without its fence a version holds that does not any more: worth a second request, of those that were lost.
    if (!(await raiseSome(redis, some))) await raiseSome(redis, some)
  }
  return []
}

// So many a request: one that is lost, or too much for its budget, must not lose a whole burst.
const A_REQUEST = 100

/** Whether Redis said that it has them. */
async function raiseSome(redis: Store, items: readonly Raised[]): Promise<boolean> {
  const answer = await redis.ask((client) => {
    const all = client.multi()
    for (const { key, fence, seconds } of items) {
      // The highest wins at Redis itself: of two commits the later can come here first, and a request that was
      // given up here, or is sent again, can be carried out after one that was sent later.
      all.zadd(key, { gt: true }, { score: fence, member: FENCE })
      all.expire(key, seconds)
    }
    return all.exec()
  })
  return answer.ok
}

// A set of one: Redis keeps a maximum only of scores.
const FENCE = 'fence'

/** The version that is kept; null when there is none, or a newer one is known to be. Never throws. */
export async function findVersion(
  { namespace, name }: Versioned,
  redis: Store = store(),
): Promise<unknown> {
  const keys = [`${namespace}:version:${name}`, `${namespace}:fence:${name}`] as const
  const answer = await redis.ask((to) => to.multi().get(keys[0]).zscore(keys[1], FENCE).exec())
  if (!answer.ok) return null
  const [kept, least] = answer.value
  const { fence, value }: { fence?: unknown; value?: unknown } = Object(kept)
  if (typeof fence !== 'number' || fence < Number(least ?? 0)) return null
  return value ?? null
}
