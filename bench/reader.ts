import { setTimeout as sleep } from 'node:timers/promises'
import { newAgent, postAll } from './load/post-all'
import { median, quantile, rounded } from './measure/quantile'
import type { Scene } from './scene'
import { WEBHOOK } from './sides/webhook-path'

export type ReaderFigures = {
  p50_ms: number
  p99_ms: number
  floor_answer_ms: number
  ratio_to_floor_answer: number
}

// One after the other in each round: how long it takes for one person, not for a crowd.
const READERS = 20

/**
 * How long it takes from an event's first byte until a client that asks `/api/billing/status` sees what it
 * was about. As a multiple of the floor's answer to one event at a time, which is asked for in turns.
 */
export async function measureReader(scene: Scene, rounds: number): Promise<ReaderFigures> {
  const { single } = scene.crowd
  const all: { seen: number[]; floor: number[] }[] = []
  const agent = newAgent()
  for (let round = 0; round <= rounds; round += 1) {
    console.log(round > 0 ? `reader: round ${round} of ${rounds}` : 'reader: warming up')
    const [seen, floor]: [number[], number[]] = [[], []]
    // Others each time: one whose last read is not two seconds old would wait out the debounce window.
    const first = (round * READERS) % single.length
    for (const subject of single.slice(first, first + READERS)) {
      const { ms } = await post(scene, `${scene.plain.url}/floor`, subject, agent)
      floor.push(ms)
      seen.push(await untilSeen(scene, subject, agent))
    }
    if (round > 0) all.push({ seen, floor })
  }
  agent.destroy()
  const of = (figure: (round: (typeof all)[number]) => number) => rounded(median(all.map(figure)))
  return {
    p50_ms: of(({ seen }) => median(seen)),
    p99_ms: of(({ seen }) => quantile(seen, 0.99)),
    floor_answer_ms: of(({ floor }) => median(floor)),
    ratio_to_floor_answer: of(({ seen, floor }) => median(seen) / median(floor)),
  }
}

type Reader = Scene['crowd']['single'][number]
type Agent = ReturnType<typeof newAgent>

async function untilSeen(scene: Scene, subject: Reader, agent: Agent): Promise<number> {
  const before = await cancels(scene, subject)
  await scene.cancel(subject)
  const began = performance.now()
  await post(scene, scene.ours.url + WEBHOOK, subject, agent)
  while ((await cancels(scene, subject)) === before) {
    if (performance.now() - began > PATIENCE_MS) throw new Error('A change was never seen.')
    await sleep(1)
  }
  return performance.now() - began
}

const PATIENCE_MS = 60_000

function post({ bodyOf, secret }: Scene, url: string, subject: Reader, agent: Agent) {
  return postAll(url, [bodyOf(subject)], secret, agent)
}

async function cancels({ ours }: Scene, { session }: Reader): Promise<unknown> {
  const headers = { cookie: `authjs.session-token=${session}` }
  const response = await fetch(`${ours.url}/api/billing/status`, { headers })
  const status: unknown = await response.json()
  return Object(status).cancel_at_period_end
}
