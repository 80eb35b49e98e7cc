import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Feature } from '@/lib/catalog/features'
import type { WorkspaceId } from '@/lib/ids'
import { serverScript } from '@/scripts/stack/paths'
import { startWire } from '@/tests/harness/faults/wire'

/** A process of its own that says what `can` says there, with a Redis of the test's choice. It lives from one question to the next. */
export function startElsewhere(redis: { url: string; token: string }) {
  const [node, ...args] = serverScript('lib/entitlements/asker.fixture.ts')
  const variables = { UPSTASH_REDIS_REST_URL: redis.url, UPSTASH_REDIS_REST_TOKEN: redis.token }
  const child = spawn(node, args, {
    env: { ...process.env, ...variables },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    /** yes, no, or unavailable */
    async can(workspaceId: WorkspaceId, feature: Feature): Promise<string> {
      child.stdin.write(`${workspaceId} ${feature}\n`)
      const { value } = await lines.next()
      return value ?? 'it has ended'
    },
    async stop() {
      child.stdin.end()
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}

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
