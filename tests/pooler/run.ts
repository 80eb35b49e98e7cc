import { setTimeout as wait } from 'node:timers/promises'
import postgres from 'postgres'
import type Stripe from 'stripe'
import type { Stack } from '@/scripts/stack/stack'
import { callCron } from '@/tests/harness/cron'
import { openWorld, type Person, signUp } from '@/tests/harness/customers'
import type { Base } from '@/tests/harness/environment'
import { type PoolerKind, startPooler } from '@/tests/harness/faults/pooler'
import { startWire } from '@/tests/harness/faults/wire'
import { openFeed } from '@/tests/harness/feed'
import { readDatabase, waiting } from '@/tests/harness/read-database'
import { askStripeModel } from '@/tests/harness/read-stripe'
import { createSender } from '@/tests/harness/sender'
import { type Server, startServer } from '@/tests/harness/server'
import { verdict } from '@/tests/harness/verdict'
import { makeCrowd } from '@/tests/load/crowd'
import { orderOf } from '@/tests/load/order'
import { openBrowser } from './browser'
import { FAULTS } from './faults'
import { type Startup, startPgBouncer } from './pgbouncer'
import { recover } from './recover'
import { visit } from './visit'

/** Which pooler: one that behaves as a version of PgBouncer, or the PgBouncer of this machine. */
export type Setup = {
  kind: PoolerKind | { path: string; version: string }
  size: number
  /** In a schema beside other tables: what a real PgBouncer does with a connection that asks for it. */
  beside?: Startup | undefined
}

export type Run = {
  name: string
  /** How often each status was answered to a delivery. */
  answers: Map<string, number>
  deliveries: number
  /** Milliseconds from each fault until all was well again. */
  recoveries: { fault: string; ms: number }[]
  /** The slowest answer that a person or their program got, in milliseconds. */
  slowest: number
  /** The visitors who bought, and those who did not get their plan, with the reason. */
  visitors: { bought: number; failed: string[] }
  /** How much is still to be done after all patience. */
  left: number
  wrong: string[]
}

/** What has happened in one database, over all of its runs. */
export type Story = {
  base: Base
  /** Where the application finds its database, in a role of its own; without one it is the owner. */
  appUrl?: string
  people: Person[]
  sent: Map<string, Stripe.Event>
  acknowledged: Set<string>
}

export function storyOf(base: Base, appUrl?: string): Story {
  const own = appUrl ? { appUrl } : {}
  return { base, ...own, people: [], sent: new Map(), acknowledged: new Set() }
}

/** Anything larger only queues up at a server of one core. */
const AT_ONCE = 20

/**
 * One life of an application behind a pooler: `events` webhooks, `rounds` faults among them, and people who
 * sign in and buy meanwhile. Then all comes to rest, and the records are compared with Stripe's.
 */
export async function runBehind(
  stack: Stack,
  story: Story,
  { kind, size, beside }: Setup,
  { events, rounds, visitors }: { events: number; rounds: number; visitors: number },
): Promise<Run> {
  const { base } = story
  // The role that the application works in, where it is not the owner.
  const place = story.appUrl ?? base.databaseUrl
  const sql = postgres(base.databaseUrl, { max: 4, onnotice: () => {} })
  const back = await startWire(Number(new URL(base.databaseUrl).port))
  const behind = (port: number) => Object.assign(new URL(place), { port: `${port}` }).href
  const pooler =
    typeof kind === 'string'
      ? await startPooler(behind(back.port), { kind, size, queryTimeoutMs: QUERY_TIMEOUT_MS })
      : await startPgBouncer(kind.path, behind(back.port), { size, startup: beside })
  const front = await startWire(pooler.port)
  const databaseUrl = behind(front.port)
  const server = await stack.bring(() => startServer(base, 0, { bare: true, databaseUrl }))

  const world = await openWorld(base, sql)
  const feed = await openFeed(base.stripe)
  const crowd = await makeCrowd(world, Math.ceil(events / EACH), EACH)
  story.people.push(...crowd)
  const places = new Map(crowd.map(({ customerId }, n) => [customerId, n]))
  const queue = orderOf(await feed(), places, crowd.length)
  for (const event of queue) story.sent.set(event.id, event)
  const deliveries = queue.length

  const sender = createSender(base.secrets.STRIPE_WEBHOOK_SECRET)
  let slowest = 0
  const heard = ({ ms }: { ms: number }) => {
    slowest = Math.max(slowest, ms)
  }
  const watcher = openBrowser(server.url, heard)
  watcher.sign((await signUp(world)).session)
  await recover(watcher)

  const visits = Array.from({ length: visitors }, async (_, n) => {
    await wait(n * VISIT_EVERY_MS)
    return visit(server.url, sql, heard)
  })
  const recoveries: Run['recoveries'] = []
  for (let round = 0; round < rounds; round += 1) {
    const share = queue.splice(0, Math.ceil(queue.length / (rounds - round)))
    const sending = deliver(share, sender, server)
    await wait(Math.random() * 300)
    const fault = FAULTS[round % FAULTS.length]
    const struck = fault?.strike({ front, back }) ?? 0
    recoveries.push({ fault: `${struck} ${fault?.name}`, ms: await recover(watcher) })
    // Where nothing recovers the rest is never delivered, and the run has to end.
    await Promise.race([sending, wait(SENDING_MS)])
    // What is still silent by now has no client any more.
    front.mend()
    back.mend()
    await sending
  }
  const failed = (await Promise.all(visits)).filter((problem) => problem !== null)
  const left = await waitUntilDrained(sql, server, base.secrets.CRON_SECRET)
  for (const id of sender.acknowledged) story.acknowledged.add(id)
  const wrong = [
    ...verdict(await askStripeModel(base.stripe, story), await readDatabase(sql)),
    ...(await astray(sql, story)),
  ]
  await server.stop()
  await Promise.all([front.close(), pooler.close(), back.close(), sql.end()])
  return {
    name: nameOf({ kind, size, beside }),
    ...{ answers: sender.answers, deliveries, recoveries, slowest, left, wrong },
    visitors: { bought: visitors - failed.length, failed },
  }
}

function nameOf({ kind, size, beside }: Setup): string {
  const pooler =
    typeof kind === 'string' ? `as PgBouncer ${kind}` : `PgBouncer ${kind.version} itself`
  const where = beside ? `, in a schema whose wish is ${beside}` : ''
  return `${pooler}, ${size} backend${size === 1 ? '' : 's'}${where}`
}

// In a schema of its own: what was written into the tables of the same names in `public`.
async function astray(sql: postgres.Sql, { appUrl, sent }: Story): Promise<string[]> {
  if (!appUrl) return []
  const rows = await sql<{ id: string }[]>`
    select id from public.webhook_events where id = any(${[...sent.keys()]})`
  return rows.map(({ id }) => `${id} is in public, where another application lives.`)
}

// Two for the purchase, the rest changes of mind.
const EACH = 20

const VISIT_EVERY_MS = 2_000

const SENDING_MS = 60_000

// As tests/pooler/pgbouncer.ts sets it.
const QUERY_TIMEOUT_MS = 3_000

async function deliver(
  events: Stripe.Event[],
  sender: ReturnType<typeof createSender>,
  { webhookUrl }: Server,
): Promise<void> {
  const lines = Array.from({ length: AT_ONCE }, async () => {
    for (let event = events.shift(); event; event = events.shift()) {
      await sender.deliver(webhookUrl, event)
    }
  })
  await Promise.all(lines)
}

// A lease that was not released, a backoff, and some room.
const PATIENCE_MS = 150_000

async function waitUntilDrained(
  sql: postgres.Sql,
  server: Server,
  secret: string,
): Promise<number> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const left = await waiting(sql)
    if (left === 0 || Date.now() > deadline) return left
    await Promise.race([callCron(server, secret), wait(1_000)])
    await wait(50)
  }
}
