import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { Unavailable } from '@/lib/errors'
import { Batches } from './batches'
import { type Store, store } from './client'
import { LocalWindows } from './local-windows'
import { ofStore } from './of-store'
import { minuteKey } from './reads-per-minute'
import { UsedUp } from './used-up'

export type ReadPace = {
  /** Whose reads are counted together: one database is one application. */
  namespace: string
  /** How many reads a second all processes may begin together. */
  perSecond: number
  /** A person waits: counted, never held up. */
  urgent: boolean
}

// The owner's lease must still cover the read; a process that finds no room by then gives its target back.
const PATIENCE_MS = 5_000

// Without Redis no process knows of the others; so many processes read at so few a second.
const ALONE_PER_SECOND = 2

/**
 * Waits until Stripe may be read once more. Stripe allows an endpoint 25 requests a second
 * (docs.stripe.com/rate-limits), and a burst of events must not take them from people at checkout.
 * @throws {Unavailable} no room within five seconds
 */
export async function paceRead(
  { namespace, perSecond, urgent }: ReadPace,
  redis: Store = store(),
  time: Time = REAL,
): Promise<void> {
  if (urgent) {
    void count(namespace, perSecond, redis, time)
    return
  }
  const until = time.now() + PATIENCE_MS
  while (!(await count(namespace, perSecond, redis, time))) {
    const wait = untilNextSecond(time)
    if (time.now() + wait > until) {
      throw new Unavailable({
        internal: `Stripe is read ${perSecond} times a second already. Try again later.`,
      })
    }
    await time.sleep(wait)
  }
}

/** Milliseconds since 1970; the second of it names the window that is counted in. */
type Time = { now(): number; sleep(milliseconds: number): Promise<unknown>; random(): number }

const REAL: Time = { now: Date.now, sleep, random: Math.random }

/** Counts one read in this second, and says whether there was room for it. */
async function count(namespace: string, perSecond: number, redis: Store, time: Time) {
  const now = time.now()
  const key = `${namespace}:reads:${Math.floor(now / 1000)}`
  const alone = windows.hit(key, 1, now).count
  // Those who wait come back each second, and most of them would hear the same.
  if (usedUp(redis).secondsLeft(key, now) !== null) return false
  const place = await counting(redis).add(key)
  if (place === undefined) return alone <= Math.min(ALONE_PER_SECOND, perSecond)
  if (place >= perSecond) usedUp(redis).note(key, 1, now)
  return place <= perSecond
}

// A lone read is counted at once; in a burst those of a fortieth of a second share a request, because each is one
// over HTTP.
const LIMITS = { everyMs: 25, most: 1_000 }

const windows = new LocalWindows()
const usedUp = ofStore(() => new UsedUp())
const counting = ofStore(
  (redis) => new Batches((keys: readonly string[]) => countAll(redis, keys), LIMITS),
)

/** Counts so many reads in one request, and gives each its place in its second; nothing where Redis is silent. */
async function countAll(redis: Store, keys: readonly string[]): Promise<readonly number[]> {
  const answer = await redis.ask((client) => {
    const all = client.multi()
    for (const key of keys) all.incr(key)
    // Two seconds, because the clocks of two processes differ.
    for (const key of new Set(keys)) all.expire(key, 2)
    // What operators see: how many there were in each of the last sixty minutes.
    for (const [minute, count] of perMinute(keys)) {
      all.incrby(minute, count)
      all.expire(minute, 2 * 3600)
    }
    return all.exec<number[]>()
  })
  return answer.ok ? answer.value : []
}

function perMinute(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const key of keys) {
    const minute = minuteKey(key.replace(/:reads:\d+$/, ''), Number(key.split(':').at(-1)) * 1000)
    counts.set(minute, (counts.get(minute) ?? 0) + 1)
  }
  return counts
}

// A little after its start, each at another moment: all at once would only meet again.
function untilNextSecond({ now, random }: Time): number {
  return 1000 - (now() % 1000) + random() * 250
}
