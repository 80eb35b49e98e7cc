import { startWire } from '@/tests/harness/faults/wire'

/**
 * Puts the Postgres of this process, and of those that it starts, behind one wire, and has them all go by this
 * clock. Call it before anything reads the environment, which happens once.
 */
export async function behindOneWire(clockUrl: string) {
  const url = new URL(process.env.DATABASE_URL ?? '')
  const wire = await startWire(Number(url.port || 5432), url.hostname)
  url.host = `127.0.0.1:${wire.port}`
  Object.assign(process.env, { DATABASE_URL: url.href, STRIPE_API_BASE: clockUrl })
  const { UPSTASH_REDIS_REST_URL = '', UPSTASH_REDIS_REST_TOKEN = '' } = process.env
  return { wire, redis: { url: UPSTASH_REDIS_REST_URL, token: UPSTASH_REDIS_REST_TOKEN } }
}
