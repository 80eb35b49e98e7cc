import type { TestProject } from 'vitest/node'
import { startRedis } from '@/scripts/redis/start'
import { dropLeftovers } from './leftovers'
import { startTestServer } from './server'
import { ensureTemplate } from './template'

/** Starts a server with a migrated template to copy, and a Redis. @returns what stops both */
export async function startStores(project: TestProject): Promise<() => Promise<void>> {
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
