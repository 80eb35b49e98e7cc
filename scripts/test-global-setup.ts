import type { TestProject } from 'vitest/node'
import { startRedis } from '@/scripts/redis/start'
import { dropLeftovers } from './test-databases/leftovers'
import { startTestServer } from './test-databases/server'
import { ensureTemplate } from './test-databases/template'
import { wantsDatabase } from './test-databases/wanted'

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { url: string; template: string }
    redis: { url: string; token: string }
  }
}

/** Once for all tests on a database, and only if one is to run: a server, a migrated template to copy, and a Redis. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let stop: (() => Promise<void>) | undefined
  const startFor = async (paths: readonly string[]) => {
    if (stop === undefined && paths.some(wantsDatabase)) stop = await startStores(project)
  }
  // While Vitest watches, the first of them may come later.
  project.onTestsRerun((files) => startFor(files.map(({ moduleId }) => moduleId)))
  await startFor(project.vitest.state.getPaths())
  return async () => stop?.()
}

async function startStores(project: TestProject): Promise<() => Promise<void>> {
  const [server, redis] = await Promise.all([startTestServer(), startRedis({})])
  const stop = async () => {
    await Promise.all([server.stop(), redis.stop()])
  }
  try {
    const template = await ensureTemplate(server.url)
    if (server.ours) await dropLeftovers(server.url, template)
    project.provide('postgres', { url: server.url, template })
    project.provide('redis', { url: redis.url, token: redis.token })
    return stop
  } catch (error) {
    await stop()
    throw error
  }
}
