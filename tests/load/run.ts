import { setTimeout as wait } from 'node:timers/promises'
import postgres from 'postgres'
import type Stripe from 'stripe'
import type { Stack } from '@/scripts/stack/stack'
import { callCron } from '@/tests/harness/cron'
import { openWorld, type World } from '@/tests/harness/customers'
import { WINDOW_MS } from '@/tests/harness/debounce-window'
import { bringUpBase } from '@/tests/harness/environment'
import { openFeed } from '@/tests/harness/feed'
import { readDatabase, waiting } from '@/tests/harness/read-database'
import { askStripeModel } from '@/tests/harness/read-stripe'
import { createSender } from '@/tests/harness/sender'
import { type Server, startServer } from '@/tests/harness/server'
import { verdict } from '@/tests/harness/verdict'
import { type Busy, live, makeCrowd } from './crowd'
import { customerOf, orderOf } from './order'

/** What one burst cost. Times in seconds, latencies in milliseconds. */
export type Burst = {
  customers: number
  events: number
  deliveries: number
  /** How often each status was answered. */
  answers: Map<string, number>
  sending: number
  draining: number
  latencies: number[]
  /** How often Stripe was asked for a customer's subscriptions. */
  reads: number
  /** Over how many debounce windows the events of each customer were spread, all together. */
  windows: number
  /** How much is still to be done after all patience. */
  left: number
}

export type Result = { many: Burst; one: Burst; wrong: string[] }

type Scene = {
  world: World
  server: Server
  secrets: { webhook: string; cron: string }
  feed: () => Promise<Stripe.Event[]>
  sent: Map<string, Stripe.Event>
  acknowledged: Set<string>
}

/**
 * Two bursts against the production build: `each` events of each of `customers`, then `hot` events
 * of one. Some customers change their minds while it goes on.
 */
export async function burst(
  stack: Stack,
  { customers, each, hot }: { customers: number; each: number; hot: number },
): Promise<Result> {
  const base = await bringUpBase(stack, 'burst')
  const sql = postgres(base.databaseUrl, { max: 2, onnotice: () => {} })
  const world = await openWorld(base, sql)
  const scene: Scene = {
    world,
    server: await stack.bring(() => startServer(base, 0, { bare: true })),
    secrets: { webhook: base.secrets.STRIPE_WEBHOOK_SECRET, cron: base.secrets.CRON_SECRET },
    feed: await openFeed(base.stripe),
    ...{ sent: new Map(), acknowledged: new Set<string>() },
  }
  const crowd = await makeCrowd(world, customers, each)
  const many = await send(scene, crowd)
  const loner = await makeCrowd(world, 1, hot)
  const one = await send(scene, loner)
  const people = [...crowd, ...loner]
  const stripeModel = await askStripeModel(base.stripe, { ...scene, people })
  const wrong = verdict(stripeModel, await readDatabase(sql))
  await sql.end()
  return { many, one, wrong }
}

// Stripe's deliveries overlap; more than this only queue up at a server of one core.
const AT_ONCE = 24

async function send(scene: Scene, crowd: Busy[]): Promise<Burst> {
  const { server, feed, sent, secrets, world } = scene
  const sender = createSender(secrets.webhook)
  const places = new Map(crowd.map(({ customerId }, n) => [customerId, n]))
  const made = await feed()
  const queue = orderOf(made, places, NEIGHBORS)
  const burst = { deliveries: queue.length, events: made.length, reads: 0 }
  server.watch(({ what, way }) => {
    if (what === 'GET /v1/subscriptions' && way === 'up') burst.reads += 1
    return undefined
  })
  const spans = new Map<string, { first: number; last: number }>()
  const deliver = async (event: Stripe.Event) => {
    const isNew = !sent.has(event.id)
    sent.set(event.id, event)
    const now = performance.now()
    const span = spans.get(customerOf(event)) ?? { first: now, last: now }
    spans.set(customerOf(event), span)
    await sender.deliver(server.webhookUrl, event)
    // What comes again says nothing new, and costs no read.
    if (isNew) span.last = performance.now()
  }
  const began = performance.now()
  const fickle = changeMinds(scene, crowd, deliver, queue)
  const lines = Array.from({ length: AT_ONCE }, async () => {
    for (let event = queue.shift(); event; event = queue.shift()) await deliver(event)
  })
  await Promise.all(lines)
  const late = await fickle
  const sending = (performance.now() - began) / 1000
  const left = await drained(world.sql, server, secrets.cron)
  const draining = (performance.now() - began) / 1000 - sending
  server.watch(null)
  for (const id of sender.acknowledged) scene.acknowledged.add(id)
  const { answers, latencies } = sender
  return {
    ...{ customers: crowd.length, events: burst.events + late, reads: burst.reads },
    deliveries: burst.deliveries + late,
    windows: [...spans.values()].reduce((sum, span) => sum + windowsIn(span), 0),
    ...{ answers, latencies, sending, draining, left },
  }
}

// So many customers are in the midst of their events at a time: even a slow machine is through with
// each of them within a window.
const NEIGHBORS = 6

/** Every fifth customer changes once more while the events about them are under way. */
async function changeMinds(
  { feed, world }: Scene,
  crowd: Busy[],
  deliver: (event: Stripe.Event) => Promise<void>,
  queue: readonly unknown[],
): Promise<number> {
  const all = queue.length
  const fickle = crowd.filter((_, n) => n % 5 === 0)
  const deliveries: Promise<void>[] = []
  let changed = 0
  while (changed < fickle.length) {
    const person = fickle[changed]
    const due = (changed * 5 + NEIGHBORS / 2) / (crowd.length + NEIGHBORS)
    if (person && (1 - queue.length / all >= due || queue.length === 0)) {
      await live(world.stripe, person, 1, changed % 2 === 0)
      changed += 1
    } else await wait(20)
    for (const event of await feed()) deliveries.push(deliver(event))
  }
  await Promise.all(deliveries)
  return deliveries.length
}

/** How many windows of two seconds a customer's events fill. */
function windowsIn({ first, last }: { first: number; last: number }): number {
  return Math.max(1, Math.ceil((last - first) / WINDOW_MS))
}

// A lease that was not released, a backoff, and some room.
const PATIENCE_MS = 150_000

/** Drains until nothing waits; how much still does when patience ends. */
async function drained(sql: postgres.Sql, server: Server, secret: string): Promise<number> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const left = await waiting(sql)
    if (left === 0 || Date.now() > deadline) return left
    await Promise.race([callCron(server, secret), wait(1_000)])
    await wait(50)
  }
}
