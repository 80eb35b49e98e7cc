import { type Check, ok, skip, warn } from '@/lib/doctor/check'
import { askPlainly } from '@/lib/redis/ask-plainly'

/** Everything in Redis may be lost, so a full one should forget rather than refuse. */
export const redisEviction: Check = {
  id: 'redis_eviction',
  title: 'When Redis is full',
  group: 'Redis',
  after: 'redis',
  needs: 'places',
  async look({ env: { redis } }) {
    const asked = await askPlainly(redis, ['config', 'get', 'maxmemory-policy'])
    if (asked.kind === 'refused' || !Array.isArray(asked.value))
      return skip('it does not say what it does then')
    const policy = String(asked.value[1] ?? 'unknown')
    return policy === 'noeviction'
      ? warn(
          'it refuses to write (noeviction): limits of rates are then counted by each process alone',
          'Let it forget: `maxmemory-policy volatile-ttl`, or Eviction in the console of Upstash.',
        )
      : ok(policy)
  },
}
