import { setTimeout as sleep } from 'node:timers/promises'
import { newAgent, postAll } from './load/post-all'
import { cpuOf } from './measure/process-cpu'
import { median, quantile, rounded } from './measure/quantile'
import type { Scene } from './scene'
import type { Side } from './side'
import { ack } from './sides/ack'
import { betterAuth } from './sides/better-auth'
import { duplicates } from './sides/duplicates'
import { empty } from './sides/empty'
import { floor } from './sides/floor'
import { syncEngine } from './sides/sync-engine'
import { wholeOne } from './sides/whole-one'
import { wholeTen } from './sides/whole-ten'

const SIDES = {
  empty,
  floor,
  ack,
  whole1: wholeOne,
  whole10: wholeTen,
  duplicates,
  better_auth: betterAuth,
  sync_engine: syncEngine,
}

export type SideName = keyof typeof SIDES
const NAMES: readonly SideName[] = Object.keys(SIDES).filter(isName)

/** A figure for each side; null where a peer could not be installed. */
export type Figures = Record<SideName, number | null>

export type WebhookFigures = Record<
  | 'cpu_ratio_to_floor'
  | 'cpu_ms'
  | 'p50_ms'
  | 'p99_ms'
  | 'per_second'
  | 'per_second_ratio_to_floor',
  Figures
>

type Round = { cpu: number; p50: number; p99: number; perSecond: number }

/**
 * Measures all sides against one another: one after the other in each round, beginning with another each
 * time, so that what the machine does meanwhile falls on all of them. The first rounds only warm up.
 */
export async function measureWebhook(scene: Scene, rounds: number): Promise<WebhookFigures> {
  const measured = new Map<SideName, Round[]>(NAMES.map((name) => [name, []]))
  for (let round = 1 - WARM_UP; round <= rounds; round += 1) {
    console.log(round > 0 ? `webhook: round ${round} of ${rounds}` : 'webhook: warming up')
    for (const n of NAMES.keys()) {
      const name = NAMES[(n + round + WARM_UP) % NAMES.length] ?? 'floor'
      const side = SIDES[name](scene)
      if (!side) continue
      const result = await measureInPeace(name, side, scene.secret)
      if (round > 0) measured.get(name)?.push(result)
    }
  }
  return figuresOf(measured)
}

// Rounds in which code is still compiled: an event costs the floor 4.7 ms in the first, 3.5 in the third, and 2.3 from
// the eighth on. With fewer, the side with the most code of its own, or the fewest events, would look dearer than it is.
const WARM_UP = 8

// What follows an answer in batches is over by then, and counts.
const AFTERWARDS_MS = 300

const TRIES = 4

// The part of a round's events that wakes a side up, and does not count: as many as are measured. With fewer the
// first side of ours after a pause cost a quarter more than the next, which is what sleep costs, and not its work.
const RUN_IN = 0.5

async function measureInPeace(name: SideName, side: Side, secret: string): Promise<Round> {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const round = await measure(name, side, secret)
    if (round) return round
    console.log(`${name}: what stands around it got no share of this machine; once more`)
  }
  throw new Error(`${name} could not be measured in ${TRIES} tries: this machine is too busy.`)
}

/** Null when the round says nothing. */
async function measure(name: SideName, side: Side, secret: string): Promise<Round | null> {
  const all = await side.bodies()
  const agent = newAgent()
  const post = (some: string[]) => postAll(side.server.url + side.path, some, secret, agent)
  // It has slept while the others were measured.
  const runIn = all.length * RUN_IN
  await post(all.slice(0, runIn))
  await side.finish()
  await sleep(AFTERWARDS_MS)
  const bodies = all.slice(runIn)
  const before = cpuOf(side.server.pid)
  const { latencies, ms, refused } = await post(bodies)
  const isDone = await side.finish()
  await sleep(AFTERWARDS_MS)
  const cpu = (cpuOf(side.server.pid) - before) / bodies.length
  agent.destroy()
  if (refused === bodies.length) throw new Error(`${name} refused every event.`)
  if (!isDone || refused > 0) return null
  const [p50, p99] = [quantile(latencies, 0.5), quantile(latencies, 0.99)]
  return { cpu, p50, p99, perSecond: (bodies.length / ms) * 1000 }
}

function figuresOf(measured: Map<SideName, Round[]>): WebhookFigures {
  const floors = measured.get('floor') ?? []
  const figures = (of: (round: Round, floor: Round) => number): Figures => {
    const entries = NAMES.map((name) => {
      const each = (measured.get(name) ?? []).map((round, n) => of(round, floors[n] ?? round))
      return [name, each.length > 0 ? rounded(median(each)) : null]
    })
    // Safe: there is an entry for each name.
    return Object.fromEntries(entries) as Figures
  }
  return {
    cpu_ratio_to_floor: figures((side, least) => side.cpu / least.cpu),
    cpu_ms: figures((side) => side.cpu),
    p50_ms: figures((side) => side.p50),
    p99_ms: figures((side) => side.p99),
    per_second: figures((side) => side.perSecond),
    per_second_ratio_to_floor: figures((side, least) => side.perSecond / least.perSecond),
  }
}

function isName(name: string): name is SideName {
  return name in SIDES
}
