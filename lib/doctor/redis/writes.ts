import { randomUUID } from 'node:crypto'
import { type Check, fail, ok } from '@/lib/doctor/check'
import { askPlainly } from '@/lib/redis/ask-plainly'

/** A token that may only read looks good until something has to be counted. */
export const redisWrites: Check = {
  id: 'redis_writes',
  title: 'Redis keeps a key, once',
  group: 'Redis',
  after: 'redis',
  needs: 'places',
  async look({ env: { redis } }) {
    const key = `${redis.namespace}:doctor:${randomUUID()}`
    // Seconds; what we leave is gone by then, should this be broken off.
    const claim = ['set', key, '1', 'nx', 'ex', '10']
    const [first, second] = [await askPlainly(redis, claim), await askPlainly(redis, claim)]
    if (first.kind === 'refused')
      return fail(
        `refused to write: ${first.words}`,
        'Give the token that may write (not the read-only one), or make room in its memory.',
      )
    await askPlainly(redis, ['del', key])
    return second.kind === 'value' && second.value === null
      ? ok('written, and not written twice')
      : fail(
          'wrote one key twice though NX was asked for',
          'Use a Redis behind a REST API that speaks as Upstash does.',
        )
  },
}
