import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '@/scripts/stack/paths'
import { serveApp } from './apps/serve-app'
import { newAgent, postAll } from './load/post-all'
import { rounded } from './measure/quantile'
import type { Scene } from './scene'
import { WEBHOOK } from './sides/webhook-path'

export type MemoryFigures = {
  events: number
  heap_limit_mb: number
  /** After each fifth of the events. */
  rss_mb: { ours: number[]; floor: number[] }
  last_to_first: { ours: number; floor: number }
  ratio_to_floor: number
}

const EVENTS = 50_000
const STEPS = 5
const HEAP_MB = 192

/** Resident memory of our server under a fixed heap, and of the floor's, after each fifth of fifty thousand events. */
export async function measureMemory(scene: Scene): Promise<MemoryFigures> {
  const plain = join(ROOT, '.cache', 'bench', 'plain')
  const ours = await residentOver(scene, ROOT, WEBHOOK, scene.envOf.ours)
  const floor = await residentOver(scene, plain, '/floor', scene.envOf.plain)
  return {
    events: EVENTS,
    heap_limit_mb: HEAP_MB,
    rss_mb: { ours, floor },
    last_to_first: { ours: lastToFirst(ours), floor: lastToFirst(floor) },
    ratio_to_floor: rounded((ours.at(-1) ?? 0) / (floor.at(-1) ?? 1)),
  }
}

async function residentOver(
  scene: Scene,
  dir: string,
  path: string,
  env: NodeJS.ProcessEnv,
): Promise<number[]> {
  const limited = { ...env, NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}` }
  const server = await serveApp('memory', dir, limited)
  const agent = newAgent()
  const rss: number[] = []
  for (let step = 1; step <= STEPS; step += 1) {
    console.log(`memory: ${path}, ${step} of ${STEPS}`)
    for (let sent = 0; sent < EVENTS / STEPS; sent += scene.crowd.held.length) {
      const bodies = scene.crowd.held.map(scene.bodyOf)
      const { refused } = await postAll(server.url + path, bodies, scene.secret, agent)
      if (refused > 0) throw new Error(`${refused} events were refused.`)
    }
    rss.push(Math.round(residentBytes(server.pid) / 1024 ** 2))
  }
  agent.destroy()
  await server.stop()
  return rss
}

function lastToFirst(rss: readonly number[]): number {
  return rounded((rss.at(-1) ?? 0) / (rss[0] ?? 1))
}

// Kilobytes, says proc(5).
function residentBytes(pid: number): number {
  const [, kb = '0'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kb) * 1024
}
