import { randomUUID } from 'node:crypto'
import { Redis } from '@upstash/redis'
import { startRedis } from '@/scripts/redis/start'

/**
 * What the suite runs against: the embedded server, or the real endpoint that the environment
 * names. Keys are in a namespace of their own and removed at the end; nothing is flushed.
 */
export async function openEndpoint() {
  const real = process.env.UPSTASH_REDIS_REST_URL
  const embedded = real ? null : await startRedis({})
  const url = real ?? embedded?.url ?? ''
  const token = process.env.UPSTASH_REDIS_REST_TOKEN ?? embedded?.token ?? ''
  const namespace = `conformance:${randomUUID()}`
  const used: string[] = []
  const connect = (options: { enableAutoPipelining?: boolean; token?: string } = {}) =>
    new Redis({ url, token, enableTelemetry: false, retry: { retries: 0 }, ...options })

  return {
    namespace,
    connect,
    isEmbedded: embedded !== null,
    /** A fresh key. */
    fresh(name = '') {
      const key = `${namespace}:${used.length}:${name}`
      used.push(key)
      return key
    },
    async close() {
      if (real && used.length > 0) await connect().del(...used)
      await embedded?.stop()
    },
  }
}

export const PIPELINING: [string, boolean][] = [
  ['with auto-pipelining', true],
  ['without auto-pipelining', false],
]

/** How long to wait for what time brings: generous, because a busy machine is slow. */
export const EVENTUALLY = { timeout: 15_000, interval: 25 }

// Every test file waits at least that long, and some wait twice.
export const TEST_TIMEOUT_MS = 40_000
