import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Feature } from '@/lib/catalog/features'
import type { WorkspaceId } from '@/lib/ids'
import { serverScript } from '@/scripts/stack/paths'

/**
 * A process of its own that says what `can` says there, with a Redis of the test's choice. It lives
 * from one question to the next.
 */
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
