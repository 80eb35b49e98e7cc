import { setTimeout as sleep } from 'node:timers/promises'
import { newAgent, postAll } from './load/post-all'
import { median, quantile, rounded } from './measure/quantile'
import type { Scene } from './scene'
import { WEBHOOK } from './sides/webhook-path'

export type ReaderFigures = { p50_ms: number; p99_ms: number; ratio_to_floor_answer: number }

// One after the other: how long it takes for one person, not for a crowd.
const READERS = 40

/**
 * How long it takes from an event's first byte until a client that asks `/api/billing/status` sees what it
 * was about. As a multiple of the floor's answer to one event at a time.
 */
export async function measureReader(scene: Scene): Promise<ReaderFigures> {
  const subjects = scene.crowd.single.slice(0, READERS)
  await scene.change(subjects)
  const seen: number[] = []
  const floors: number[] = []
  const agent = newAgent()
  for (const subject of subjects) {
    const floor = await postAll(
      `${scene.plain.url}/floor`,
      [scene.bodyOf(subject)],
      scene.secret,
      agent,
    )
    floors.push(floor.ms)
    const before = await cancels(scene, subject.session)
    const began = performance.now()
    const url = scene.ours.url + WEBHOOK
    await postAll(url, [scene.bodyOf(subject)], scene.secret, agent)
    while ((await cancels(scene, subject.session)) === before) {
      if (performance.now() - began > PATIENCE_MS) throw new Error('A change was never seen.')
      await sleep(1)
    }
    seen.push(performance.now() - began)
  }
  agent.destroy()
  return {
    p50_ms: rounded(median(seen)),
    p99_ms: rounded(quantile(seen, 0.99)),
    ratio_to_floor_answer: rounded(median(seen) / median(floors)),
  }
}

const PATIENCE_MS = 60_000

async function cancels({ ours }: Scene, session: string): Promise<unknown> {
  const headers = { cookie: `authjs.session-token=${session}` }
  const response = await fetch(`${ours.url}/api/billing/status`, { headers })
  const status: unknown = await response.json()
  return Object(status).cancel_at_period_end
}
