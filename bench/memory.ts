import { readFileSync } from 'node:fs'
import { ROOT } from '@/scripts/stack/paths'
import { serveApp } from './apps/serve-app'
import { newAgent, postAll } from './load/post-all'
import { rounded } from './measure/quantile'
import type { Scene } from './scene'
import { WEBHOOK } from './sides/webhook-path'

export type MemoryFigures = {
  events: number
  heap_limit_mb: number
  rss_mb: number[]
  last_to_first: number
}

const EVENTS = 50_000
const STEPS = 5
const HEAP_MB = 192

/** Resident memory of our server under a fixed heap, after each fifth of fifty thousand events. */
export async function measureMemory(scene: Scene): Promise<MemoryFigures> {
  const env = { ...scene.envOf.ours, NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}` }
  const server = await serveApp('memory', ROOT, env)
  const agent = newAgent()
  const rss: number[] = []
  for (let step = 0; step < STEPS; step += 1) {
    for (let sent = 0; sent < EVENTS / STEPS; sent += scene.crowd.held.length) {
      const bodies = scene.crowd.held.map(scene.bodyOf)
      const { refused } = await postAll(server.url + WEBHOOK, bodies, scene.secret, agent)
      if (refused > 0) throw new Error(`${refused} events were refused.`)
    }
    rss.push(Math.round(residentBytes(server.pid) / 1024 ** 2))
  }
  agent.destroy()
  await server.stop()
  const last_to_first = rounded((rss.at(-1) ?? 0) / (rss[0] ?? 1))
  return { events: EVENTS, heap_limit_mb: HEAP_MB, rss_mb: rss, last_to_first }
}

// Kilobytes, says proc(5).
function residentBytes(pid: number): number {
  const [, kb = '0'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kb) * 1024
}
