import { type Check, fail, ok } from '@/lib/doctor/check'
import { failureText } from '@/lib/log'
import { askPlainly } from '@/lib/redis/ask-plainly'

/** Everything else about Redis comes after this. */
export const redis: Check = {
  id: 'redis',
  title: 'Redis answers',
  group: 'Redis',
  needs: 'places',
  async look({ env: { redis } }) {
    const { host } = new URL(redis.url)
    try {
      const answer = await askPlainly(redis, ['ping'])
      if (answer.kind === 'value') return ok(`at ${host}`)
      const wrong = answer.status === 401 || answer.status === 403
      return fail(
        `${host} refuses: ${answer.words}`,
        wrong
          ? 'Correct UPSTASH_REDIS_REST_TOKEN: it belongs to another database.'
          : 'Correct UPSTASH_REDIS_REST_URL: what answers there is no REST API of a Redis.',
      )
    } catch (error) {
      return fail(
        `no answer from ${host}: ${failureText(error)}`,
        'Start it, or correct UPSTASH_REDIS_REST_URL. Until then rates are limited by each process alone.',
      )
    }
  },
}
