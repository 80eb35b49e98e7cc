import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '@/scripts/stack/paths'
import { serveApp } from './apps/serve-app'
import { newAgent, postAll } from './load/post-all'
import { median, rounded } from './measure/quantile'
import type { Scene } from './scene'
import { WEBHOOK } from './sides/webhook-path'

type Cold = { import_ms: number; bundle_bytes: number; first_answer_ms: number }
export type ColdStart = { ours: Cold; floor: Cold; ratio: Cold }

/** What the first event of a new process waits for, beside the floor's. */
export async function measureColdStart(scene: Scene, rounds: number): Promise<ColdStart> {
  const plain = join(ROOT, '.cache', 'bench', 'plain')
  const all: { ours: Cold; floor: Cold }[] = []
  for (let round = 0; round < rounds; round += 1) {
    all.push({
      ours: await once(scene, ROOT, WEBHOOK, scene.envOf.ours),
      floor: await once(scene, plain, '/floor', scene.envOf.plain),
    })
  }
  const figures = (of: (round: (typeof all)[number]) => Cold): Cold => ({
    import_ms: rounded(median(all.map((each) => of(each).import_ms))),
    bundle_bytes: median(all.map((each) => of(each).bundle_bytes)),
    first_answer_ms: rounded(median(all.map((each) => of(each).first_answer_ms))),
  })
  const ratio = figures(({ ours, floor }) => ({
    import_ms: ours.import_ms / floor.import_ms,
    bundle_bytes: rounded(ours.bundle_bytes / floor.bundle_bytes),
    first_answer_ms: ours.first_answer_ms / floor.first_answer_ms,
  }))
  return { ours: figures(({ ours }) => ours), floor: figures(({ floor }) => floor), ratio }
}

async function once(
  scene: Scene,
  dir: string,
  path: string,
  env: NodeJS.ProcessEnv,
): Promise<Cold> {
  const file = join(dir, '.next', 'server', 'app', path, 'route.js')
  const server = await serveApp('cold', dir, env)
  const agent = newAgent()
  const [subject] = scene.crowd.held
  if (!subject) throw new Error('There is no customer to have an event about.')
  const { refused } = await postAll(server.url + path, [scene.bodyOf(subject)], scene.secret, agent)
  const first_answer_ms = performance.now() - server.startedAt
  agent.destroy()
  await server.stop()
  if (refused > 0) throw new Error(`The first event at ${path} was refused.`)
  return { import_ms: importTime(file, env), bundle_bytes: bundleBytes(file), first_answer_ms }
}

// In a process of its own, as a function that starts would.
function importTime(file: string, env: NodeJS.ProcessEnv): number {
  const code = `globalThis.AsyncLocalStorage = require('node:async_hooks').AsyncLocalStorage
    const began = performance.now()
    require(${JSON.stringify(file)})
    process.stdout.write(String(performance.now() - began))
    process.exit(0)`
  return Number(execFileSync(process.execPath, ['--eval', code], { encoding: 'utf8', env }))
}

/** The chunks that the route's entry loads; what is not bundled is the same for both. */
function bundleBytes(file: string): number {
  const chunks = [...readFileSync(file, 'utf8').matchAll(/R\.c\("([^"]+)"\)/g)]
  const dist = file.slice(0, file.indexOf(`${join('.next', 'server')}`) + '.next'.length)
  return chunks.reduce(
    (sum, [, path = '']) => sum + statSync(join(dist, path)).size,
    statSync(file).size,
  )
}
