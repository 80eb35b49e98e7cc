import { setTimeout as sleep } from 'node:timers/promises'
import { serverScript } from '@/scripts/stack/paths'
import { run } from '@/scripts/stack/run'
import { roundTrips } from '@/tests/harness/faults/round-trips'
import { startWire } from '@/tests/harness/faults/wire'
import type { Asked } from './asker'
import { newAgent, postAll } from './load/post-all'
import { median, quantile, rounded } from './measure/quantile'
import type { Scene } from './scene'
import { WEBHOOK } from './sides/webhook-path'

type Question = { round_trips: number; p50_ms: number; p99_ms: number; ratio_to_floor: number }
export type AccessFigures = { floor: Question; cold: Question; warm: Question }

const TURNS = 2_000
// One with a round trip more than the others would show.
const WATCHED = 50

/**
 * What `can` costs a product, in a process of its own as it would run: the first question of a request and the next,
 * beside the floor of one `select 1` over the same connection.
 */
export async function measureAccess(scene: Scene, rounds: number): Promise<AccessFigures> {
  const workspaceId = await subscriber(scene)
  const trips = await countTrips(scene, workspaceId)
  const all: Asked[] = []
  for (let round = 0; round < rounds; round += 1)
    all.push(
      await ask(scene.envOf.ours, workspaceId, { turns: TURNS, questions: 2, unmeasured: 20 }),
    )
  const of = (name: keyof Asked, share: number) =>
    median(all.map((asked) => quantile(asked[name], share)))
  const question = (name: keyof Asked, round_trips: number): Question => ({
    round_trips,
    p50_ms: rounded(of(name, 0.5)),
    p99_ms: rounded(of(name, 0.99)),
    ratio_to_floor: rounded(median(all.map((each) => median(each[name]) / median(each.floor_ms)))),
  })
  return {
    floor: question('floor_ms', 1),
    cold: question('cold_ms', trips.cold),
    warm: question('warm_ms', trips.warm),
  }
}

/** Someone with a plan in our records. */
async function subscriber(scene: Scene): Promise<string> {
  const [subject] = scene.crowd.single
  if (!subject) throw new Error('There is no one to ask about.')
  const agent = newAgent()
  await postAll(scene.ours.url + WEBHOOK, [scene.bodyOf(subject)], scene.secret, agent)
  agent.destroy()
  const until = performance.now() + PATIENCE_MS
  while (performance.now() < until) {
    const rows = await scene.sql`select 1 from entitlements
      where workspace_id = ${subject.userId} and access <> 'none'`
    if (rows.length > 0) return subject.userId
    await sleep(20)
  }
  throw new Error('A plan was never seen.')
}

const PATIENCE_MS = 60_000

/**
 * How many round trips the first question of a request costs, and the next: what turns with one question, and with
 * two, cost more than those with none. Through a wire that listens, which takes time: what is timed goes without it.
 */
async function countTrips(scene: Scene, workspaceId: string) {
  const url = new URL(scene.envOf.ours.DATABASE_URL ?? '')
  const wire = await startWire(Number(url.port), url.hostname)
  url.host = `127.0.0.1:${wire.port}`
  const env = { ...scene.envOf.ours, DATABASE_URL: url.href }
  const trips = roundTrips()
  wire.watch(trips.watch)
  const taken: number[] = []
  for (const questions of [0, 1, 2]) {
    await ask(env, workspaceId, { turns: WATCHED, questions, unmeasured: 0 })
    taken.push(trips.taken().length)
  }
  await wire.close()
  return costs(taken, WATCHED)
}

/** Of the trips with no question, with one and with two in each of so many turns: what each of the two costs. */
export function costs([none = 0, one = 0, two = 0]: readonly number[], turns: number) {
  return { cold: (one - none) / turns, warm: (two - one) / turns }
}

// With real time as its clock, as in production: the sandbox's is another server that has to be asked.
async function ask(
  env: NodeJS.ProcessEnv,
  workspaceId: string,
  given: { turns: number; questions: number; unmeasured: number },
): Promise<Asked> {
  const { turns, questions, unmeasured } = given
  const numbers = [turns, questions, unmeasured].map(String)
  const command = serverScript('bench/asker.ts', workspaceId, ...numbers)
  const { ok, output } = await run(command, { ...env, STRIPE_API_BASE: '' })
  if (!ok) throw new Error(`Access could not be measured:\n${output}`)
  return JSON.parse(output.split('\n').at(-1) ?? '{}')
}
