import { setTimeout as wait } from 'node:timers/promises'
import postgres from 'postgres'
import type { Stack } from '@/scripts/stack/stack'
import { callCron } from '@/tests/harness/cron'
import { openWorld } from '@/tests/harness/customers'
import { bringUpBase } from '@/tests/harness/environment'
import { readDatabase, waiting } from '@/tests/harness/read-database'
import { askStripeModel } from '@/tests/harness/read-stripe'
import { createSender } from '@/tests/harness/sender'
import { type Server, startServer } from '@/tests/harness/server'
import { verdict } from '@/tests/harness/verdict'
import { arriveLate } from './arrive-late'
import type { Point } from './crash-points'
import { type Death, die } from './run-scenario'
import { addRegular, isOfRegular, type Scenario } from './scenarios'

export type Result = {
  deaths: Death[]
  /** What was wrong in the end, a sentence each. */
  wrong: string[]
  facts: string[]
}

/**
 * Kills servers at each of the points, `rounds` times each, while they work for customers of one database.
 * Then lets everything come to rest and compares the records with the sandbox.
 */
export async function killEverywhere(
  stack: Stack,
  { points, rounds, servers: count }: { points: readonly Point[]; rounds: number; servers: number },
): Promise<Result> {
  const base = await bringUpBase(stack, 'kill')
  const sql = postgres(base.databaseUrl, { max: 4, onnotice: () => {} })
  const servers = await Promise.all(
    Array.from({ length: count }, (_, n) => stack.bring(() => startServer(base, n))),
  )
  const scenario: Scenario = {
    world: await openWorld(base, sql),
    sender: createSender(base.secrets.STRIPE_WEBHOOK_SECRET, { split: true }),
    cronSecret: base.secrets.CRON_SECRET,
    ...{ people: [], regulars: [], sent: new Map(), deliveries: [], draining: 0 },
  }
  const ends = new AbortController()
  const cron = drainEverySecond(servers, scenario, ends.signal)
  const plan = schedule(points, rounds)
  await assemble(scenario, servers, plan)
  const began = performance.now()
  const deaths = await dieInTurns(scenario, servers, plan)
  const killing = performance.now() - began

  await waitUntilDrained(scenario)
  const late = await arriveLate(servers, deaths)
  await waitUntilDrained(scenario)
  const resting = performance.now() - began - killing
  ends.abort()
  await cron
  const { acknowledged } = scenario.sender
  const stripeModel = await askStripeModel(base.stripe, { ...scenario, acknowledged })
  const wrong = [...late, ...verdict(stripeModel, await readDatabase(sql))]
  await sql.end()
  const facts = [
    `${deaths.length} kills in ${(killing / 1000).toFixed(0)} s, at rest ${(resting / 1000).toFixed(0)} s later`,
    `${scenario.sent.size} events of ${scenario.people.length} customers`,
    `answers ${[...scenario.sender.answers].map(([status, n]) => `${status}: ${n}`).join(', ')}`,
  ]
  return { deaths, wrong, facts }
}

/** Enough customers at rest for every story that needs one. */
async function assemble(scenario: Scenario, servers: Server[], plan: Turn[]): Promise<void> {
  const needed = plan.filter(({ point, round }) => isOfRegular(point, round))
  const names = Array.from({ length: needed.length + SPARE }, (_, n) => n)
  const crowd = Array.from({ length: 8 }, async () => {
    for (let n = names.pop(); n !== undefined; n = names.pop()) {
      const server = servers[n % servers.length]
      if (server) await addRegular(scenario, server)
    }
  })
  await Promise.all(crowd)
  await waitUntilDrained(scenario)
}

// For points that were not reached at the first try.
const SPARE = 6

/** The servers take the deaths from one list: while one is down, the others work. */
async function dieInTurns(scenario: Scenario, servers: Server[], plan: Turn[]): Promise<Death[]> {
  const turns = [...plan]
  const deaths: Death[] = []
  const runners = servers.map(async (server) => {
    for (let next = turns.shift(); next; next = turns.shift()) {
      deaths.push(await die(server, scenario, next.point, next.round))
    }
  })
  await Promise.all(runners)
  return deaths
}

type Turn = { point: Point; round: number }

/** Round by round; what a drain picks up must first have been left behind, some rounds before. */
function schedule(points: readonly Point[], rounds: number): Turn[] {
  const isDrain = ({ story }: Point) => story === 'drain'
  return Array.from({ length: rounds + LAG }, (_, n) => [
    ...points
      .filter((point) => n < rounds && !isDrain(point))
      .map((point) => ({
        point,
        round: n,
      })),
    ...points
      .filter((point) => n >= LAG && isDrain(point))
      .map((point) => ({
        ...{ point, round: n - LAG },
      })),
  ]).flat()
}

const LAG = 2

/** As Vercel calls it every minute, each time at another instance. */
async function drainEverySecond(
  servers: Server[],
  scenario: Scenario,
  end: AbortSignal,
): Promise<void> {
  for (let n = 0; !end.aborted; n += 1) {
    const server = servers[n % servers.length]
    if (server && scenario.draining === 0) void callCron(server, scenario.cronSecret)
    await wait(1_000)
  }
}

// Two leases of 30 s and a backoff of 60 s, one after the other, and some room.
const REST_MS = 150_000

/** Waits until everything is delivered and drained; what is not by then, the verdict names. */
async function waitUntilDrained({ world, deliveries }: Scenario): Promise<void> {
  const deadline = Date.now() + REST_MS
  const delivered = Promise.all(deliveries)
  await Promise.race([delivered, wait(REST_MS, undefined, { ref: false })])
  while ((await waiting(world.sql)) > 0 && Date.now() < deadline) await wait(100)
}
