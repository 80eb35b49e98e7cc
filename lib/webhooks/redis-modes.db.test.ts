import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest'
import { userActor } from '@/lib/audit/actor'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'
import { startBroken } from '@/scripts/redis/broken.fixture'
import { startEvicting } from '@/scripts/redis/evicting.fixture'
import { startRedis } from '@/scripts/redis/start'
import { databaseUrl } from '@/scripts/test-databases/url'
import { insertPerson } from '@/tests/harness/customers'
import { startScriptedStripe, subscriptionJson } from '@/tests/harness/faults/scripted-stripe'
import { canonicalDump } from './canonical-dump.fixture'
import { delivery, sign } from './signed.fixture'

const later = vi.hoisted((): (() => Promise<void>)[] => [])
vi.mock('next/server', () => ({ after: (work: () => Promise<void>) => later.push(work) }))
// Debounce and patience are about order here, not about time.
vi.mock('node:timers/promises', () => ({ setTimeout: async () => {} }))

const MODES = {
  healthy: () => startRedis({}),
  down: () => startBroken('down'),
  evicting: () => startEvicting(),
  'answering after ten seconds': () => startBroken('slow'),
}

const T = 1_795_000_000
const ADA = { id: 'cus_ada', userId: '0000ada0-0000-4000-8000-000000000000', sub: 'sub_ada' }
const BOB = { id: 'cus_bob', userId: '0000b0b0-0000-4000-8000-000000000000', sub: 'sub_bob' }

let stripe: Awaited<ReturnType<typeof startScriptedStripe>>
let outcomes: Map<string, Awaited<ReturnType<typeof live>>>

beforeAll(async () => {
  stripe = await startScriptedStripe(T)
  outcomes = new Map()
  for (const [mode, start] of Object.entries(MODES)) outcomes.set(mode, await live(start))
}, 60_000)

afterAll(() => stripe.stop())

it('the script is worth comparing: changes, facts, duplicates and what is not for us', () => {
  const { dump, answers } = outcomes.get('healthy') ?? expect.unreachable()
  expect(dump.entitlements?.join()).toMatch(/"tier":"studio"/)
  expect(dump.entitlements?.join()).toMatch(/"status":"canceled"/)
  expect(dump.billing_facts).toHaveLength(4)
  expect(dump.webhook_events).toHaveLength(14)
  expect(dump.audit_log?.length).toBeGreaterThan(7)
  expect(dump.sync_targets?.join()).not.toMatch(/"dirty":true/)
  const count = (status: string) => answers.filter((answer) => answer.includes(status)).length
  expect([count('accepted'), count('ignored'), count('duplicate')]).toEqual([12, 2, 17])
})

// breakage: Redis is down, evicts at random, or answers after ten seconds | nothing; the records are the same, row by row
it.each(['down', 'evicting', 'answering after ten seconds'])(
  'with a Redis that is %s the final database is that of a healthy one, and so is every answer',
  (mode) => {
    const [healthy, other] = [outcomes.get('healthy'), outcomes.get(mode)]
    expect(other?.dump).toEqual(healthy?.dump)
    expect(other?.answers).toEqual(healthy?.answers)
  },
)

/** Plays the whole script in a database of its own, with modules that remember nothing. */
async function live(start: () => Promise<{ url: string; token: string; stop(): Promise<void> }>) {
  const { url: server, template } = inject('postgres')
  const name = `ledgerline_test_${randomBytes(6).toString('hex')}`
  const admin = postgres(server, { max: 1, onnotice: () => {} })
  await admin`create database ${admin(name)} template ${admin(template)}`
  const redis = await start()
  vi.stubEnv('DATABASE_URL', databaseUrl(server, name))
  vi.stubEnv('UPSTASH_REDIS_REST_URL', redis.url)
  vi.stubEnv('UPSTASH_REDIS_REST_TOKEN', redis.token)
  vi.stubEnv('STRIPE_API_BASE', stripe.url)
  vi.resetModules()
  const sql = postgres(databaseUrl(server, name), { max: 1, onnotice: () => {} })
  const answers = await play(sql)
  const dump = await canonicalDump(sql)
  const { disconnect } = await import('@/db/client')
  await Promise.all([disconnect(), sql.end({ timeout: 5 }), redis.stop()])
  await admin`drop database ${admin(name)} with (force)`
  await admin.end({ timeout: 5 })
  return { answers, dump }
}

async function play(sql: postgres.Sql): Promise<string[]> {
  const { POST } = await import('@/app/api/webhooks/stripe/route')
  const { env } = await import('@/lib/env')
  const { readBilling } = await import('@/lib/billing/read')
  const { log } = await import('@/lib/log')
  log.level = 'silent'
  const answers: string[] = []
  const sent: string[] = []
  const post = async (body: string) => {
    const signature = sign(body, { secrets: env().stripe.webhookSecrets })
    const response = await POST(delivery(body, { 'stripe-signature': signature }))
    return `${/evt_\w+/.exec(body)?.[0]} ${await response.text()}`
  }
  /** So many copies at once; whose is first is chance, so the answers are sorted. */
  const send = async (type: string, about: typeof ADA, { copies = 1, object = {} } = {}) => {
    const body = event(sent.length, type, about, object)
    sent.push(body)
    const sorted = await Promise.all(Array.from({ length: copies }, () => post(body)))
    answers.push(...sorted.toSorted())
  }
  const runLater = async () => {
    for (const work of later.splice(0)) await work()
  }
  const show = (who: typeof ADA, tier: string, status = 'active') =>
    stripe.show(
      who.id,
      subscriptionJson({ id: who.sub, customer: who.id, tier, status, created: T }),
    )

  const look = ({ userId }: typeof ADA, refresh: 'now' | 'stale') => {
    const actor = userActor(userId, personalWorkspaceOf(userId))
    // As a page does: what its read puts into the outbox goes out after the answer.
    return readBilling(actor.workspaceId, { actor, refresh, later: (work) => later.push(work) })
  }

  for (const { id, userId } of [ADA, BOB]) {
    await insertPerson(sql, userId)
    await sql`insert into customers (id, workspace_id, livemode) values (${id}, ${userId}, false)`
  }
  // Ada subscribes; Stripe is generous with copies.
  show(ADA, SMALL)
  show(BOB, GREAT)
  await send('customer.subscription.created', ADA, { copies: 4 })
  await send('invoice.paid', ADA, { object: invoice('in_ada') })
  await runLater()
  // Bob's burst, and one payment reported by two events.
  await send('checkout.session.completed', BOB)
  await send('customer.subscription.created', BOB)
  await send('customer.subscription.updated', BOB)
  await send('invoice.paid', BOB, { object: invoice('in_bob') })
  await send('invoice.paid', BOB, { object: invoice('in_bob') })
  await runLater()
  // Ada upgrades and comes back before the event does.
  show(ADA, GREAT)
  await look(ADA, 'now')
  await send('customer.subscription.updated', ADA)
  await runLater()
  // What is not for us.
  await send('issuing_card.created', ADA)
  await send('invoice.paid', ADA, { object: { ...invoice('in_x'), metadata: { app: 'other' } } })
  // Bob's card is declined twice, and he goes.
  show(BOB, GREAT, 'past_due')
  const declined = (attempt_count: number) => ({
    object: { ...invoice('in_bob_2'), attempt_count },
  })
  await send('invoice.payment_failed', BOB, declined(1))
  await runLater()
  await send('invoice.payment_failed', BOB, declined(2))
  await runLater()
  show(BOB, GREAT, 'canceled')
  await send('customer.subscription.deleted', BOB)
  // Five look at the old page while the event still waits to be drained.
  await sql`update sync_targets set lease_until = null where key = ${BOB.id}`
  await Promise.all(Array.from({ length: 5 }, () => look(BOB, 'stale')))
  await runLater()
  await send('customer.subscription.updated', ADA)
  await runLater()
  // A month later everything is sent again.
  answers.push(...(await Promise.all(sent.map(post))).toSorted())
  await runLater()
  return answers
}

function invoice(id: string) {
  return { id, object: 'invoice', attempt_count: 1 }
}

function event(n: number, type: string, about: typeof ADA, object: object): string {
  return JSON.stringify({
    id: `evt_${n}`,
    object: 'event',
    api_version: '2026-10-28.endive',
    created: T + n,
    data: { object: { id: about.sub, object: 'subscription', customer: about.id, ...object } },
    livemode: false,
    type,
  })
}
