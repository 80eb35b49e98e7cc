import { type Check, fail, ok, warn } from '@/lib/doctor/check'
import { askPlainly } from '@/lib/redis/ask-plainly'

// Milliseconds: what the application waits for an answer. A later one is a miss, and Redis is then of no use.
const BUDGET = 150
const NEAR = 50

export const redisLatency: Check = {
  id: 'redis_latency',
  title: 'Distance to Redis',
  group: 'Redis',
  after: 'redis',
  needs: 'places',
  async look({ env: { redis } }) {
    const trips: number[] = []
    for (let n = 0; n < 5; n += 1) trips.push((await askPlainly(redis, ['ping'])).ms)
    // The shortest: the first opens the connection, and others may have met a busy machine.
    const best = Math.min(...trips)
    const detail = `${best.toFixed(1)} ms there and back`
    const fix =
      'Choose a region beside the application, in which Redis is asked for a few milliseconds.'
    if (best >= BUDGET) return fail(`${detail}: every answer comes too late to be used`, fix)
    return best >= NEAR ? warn(`${detail}, from this machine`, fix) : ok(detail)
  },
}
