import type { TestProject } from 'vitest/node'
import { startRedis } from '@/scripts/redis/start'
import { dropLeftovers } from './test-databases/leftovers'
import { startTestServer } from './test-databases/server'
import { ensureTemplate } from './test-databases/template'

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { url: string; template: string }
    redis: { url: string; token: string }
  }
}

/** Once for all tests of the project `db`: a server, a migrated template to copy, and a Redis. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [server, redis] = await Promise.all([startTestServer(), startRedis({})])
  const teardown = async () => {
    await Promise.all([server.stop(), redis.stop()])
  }
  try {
    const template = await ensureTemplate(server.url)
    if (server.ours) await dropLeftovers(server.url, template)
    project.provide('postgres', { url: server.url, template })
    project.provide('redis', { url: redis.url, token: redis.token })
    return teardown
  } catch (error) {
    await teardown()
    throw error
  }
}
