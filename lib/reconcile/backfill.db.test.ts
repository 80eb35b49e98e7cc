import { eq, sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { findProgress } from '@/db/queries/reconcile'
import { entitlements } from '@/db/schema/billing'
import { billingFacts, reconcileCursors, syncTargets, webhookEvents } from '@/db/schema/events'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { isHandled } from '@/lib/events/handlers'
import { claim } from '@/lib/sync/rows.fixture'
import { backfillEvents } from './backfill'
import { backfillPorts } from './production-ports'
import {
  advance,
  deliver,
  newsOf,
  type Subscriber,
  settle,
  subscriber,
  UNPACED,
} from './subscribers.fixture'

const never = () => false
const HOUR = 3600
const DAY = 24 * HOUR

const shop = shopForFile()
let news: ReturnType<typeof newsOf>
let one: Subscriber

beforeAll(async () => {
  news = newsOf(shop)
})
beforeEach(async () => {
  one = await subscriber()
})

const ports = () => ({ ...backfillPorts(), ...UNPACED })
const run = () => backfillEvents(ports(), never)

async function records({ workspaceId, customerId }: Subscriber) {
  const [entitlement] = await db()
    .select()
    .from(entitlements)
    .where(eq(entitlements.workspaceId, workspaceId))
  const facts = await db()
    .select()
    .from(billingFacts)
    .where(eq(billingFacts.customerId, customerId))
  return { tier: entitlement?.tier, facts: facts.map(({ kind }) => kind) }
}

describe('events that never arrived', () => {
  // breakage: the endpoint is down for longer than Stripe tries | within the hour everything is as if nothing had been lost
  it('are found and applied, and their facts are recorded once', async () => {
    await advance(shop, HOUR)
    // The catalog's own, too: nothing was delivered before.
    const handled = [...shop.sandbox.store.all('event')].filter(({ type }) => isHandled(type))
    const found = await run()
    expect(found).toMatchObject({ recovered: handled.length, complete: true, lost: false })
    await settle()
    expect(await records(one)).toEqual({ tier: SMALL, facts: ['invoice.paid'] })
    const actions = (await listAudit(one.customerId)).map(({ action }) => action)
    expect(actions.toSorted()).toEqual(['customer.create', 'invoice.paid', 'subscription.start'])
  })

  // breakage: the backfill is faster than a late webhook | Stripe hears "duplicate", and nothing happens twice
  it('and arrive after all are duplicates', async () => {
    await run()
    await settle()
    const before = await records(one)
    const events = news().filter(({ type }) => isHandled(type))
    const answers = new Set(await Promise.all(events.map(deliver)))
    expect(answers).toEqual(new Set(['duplicate']))
    await settle()
    expect(await records(one)).toEqual(before)
  })

  it('are due at once, with no lease left without a process', async () => {
    await run()
    const [target] = await db()
      .select({ leaseUntil: syncTargets.leaseUntil, due: sql`next_run_at <= clock_timestamp()` })
      .from(syncTargets)
      .where(eq(syncTargets.key, one.customerId))
    expect(target).toEqual({ leaseUntil: null, due: true })
    await settle()
  })
})

describe('events that did arrive', () => {
  it('are not recorded twice, and only the place is written', async () => {
    for (const event of news()) if (isHandled(event.type)) await deliver(event)
    await run()
    await settle()
    const before = await everything()
    expect(await run()).toMatchObject({ recovered: 0, early: 0, ignored: 0, complete: true })
    expect(await everything()).toEqual(before)
  })

  it('have the same payload as the webhook, decimals and all', async () => {
    await run()
    const paid = news().find(({ type }) => type === 'invoice.paid')
    const [kept] = await db()
      .select()
      .from(webhookEvents)
      .where(eq(webhookEvents.id, paid?.id as `evt_${string}`))
    expect(JSON.parse(kept?.payload ?? '')).toEqual(JSON.parse(JSON.stringify(paid)))
    expect(kept?.payload).toContain('"unit_amount_decimal":"1900"')
    await settle()
  })
})

describe('runs', () => {
  // breakage: Vercel starts a cron twice | nothing: each event is stored once
  it('at the same time store each event once', async () => {
    await advance(shop, HOUR)
    const handled = news().filter(({ type }) => isHandled(type))
    const both = await Promise.all([run(), run()])
    const recovered = both[0].recovered + both[1].recovered
    expect(recovered).toBe(handled.length)
    await settle()
    expect(await records(one)).toEqual({ tier: SMALL, facts: ['invoice.paid'] })
  })

  // breakage: the job is killed between two slices | the next run goes on there
  it('that are killed have lost nothing, and the next goes on', async () => {
    await forgetPlace()
    await advance(shop, HOUR)
    const handled = news().filter(({ type }) => isHandled(type))
    let left = 2
    const killed = ports()
    const { ingestEvent } = killed.inbox
    killed.inbox.ingestEvent = async (event) => {
      const stored = await ingestEvent(event)
      // After the commit, and before the lease is given back.
      if (--left === 0) throw new Error('killed')
      return stored
    }
    await expect(backfillEvents(killed, never)).rejects.toThrow('killed')
    expect(await run()).toMatchObject({ recovered: handled.length - 2, complete: true })
    await settle()
    expect(await records(one)).toEqual({ tier: SMALL, facts: ['invoice.paid'] })
  })

  // breakage: no backfill for a month | an error says so; state comes from the drift scan, history is gone
  it('after more than 29 days say that something is lost, and fetch what Stripe still has', async () => {
    await run()
    await advance(shop, 29 * DAY + 2 * HOUR)
    const late = await subscriber()
    expect(await run()).toMatchObject({ lost: true, complete: true })
    await settle()
    expect(await records(late)).toMatchObject({ tier: SMALL })
    expect(await run()).toMatchObject({ lost: false })
  })

  it('believe the one that has come further, when an old one wakes up late', async () => {
    const place = backfillPorts().place
    await run()
    const before = await findProgress('events')
    await place.save({ readTo: new Date(0), at: new Date() })
    expect(await findProgress('events')).toEqual(before)
  })
})

describe('a database that was restored from a backup', () => {
  // breakage: Postgres is restored to an hour ago | what was paid since is fetched again, and recorded once
  it('fetches what has happened since, because its place is as old as itself', async () => {
    await run()
    await settle()
    const tables = [
      'webhook_events',
      'sync_targets',
      'billing_facts',
      'subscriptions',
      'entitlements',
      'reconcile_cursors',
      'customers',
      'audit_log',
      'audit_heads',
    ]
    await db().execute(sql`create schema backup`)
    for (const table of tables) {
      await db().execute(
        sql`create table backup.${sql.identifier(table)} as table ${sql.identifier(table)}`,
      )
    }
    await advance(shop, 31 * DAY)
    for (const event of news()) if (isHandled(event.type)) await deliver(event)
    await advance(shop, HOUR)
    await run()
    await settle()
    const before = await records(one)
    expect(before.facts).toEqual(['invoice.paid', 'invoice.paid'])

    await restore(tables)
    expect((await records(one)).facts).toEqual(['invoice.paid'])
    expect((await run()).recovered).toBeGreaterThan(0)
    await settle()
    expect(await records(one)).toEqual(before)
  })
})

it('a lease that was taken over meanwhile is not given back', async () => {
  await run()
  const held = new Date(Date.now() + 60_000)
  const mine = eq(syncTargets.key, one.customerId)
  await db().update(syncTargets).set({ leaseUntil: held, fence: 9 }).where(mine)
  await backfillPorts().inbox.releaseTarget(claim({ key: one.customerId, fence: 8 }))
  const [target] = await db().select().from(syncTargets).where(mine)
  expect(target?.leaseUntil).toEqual(held)
  await settle()
})

async function forgetPlace() {
  await db().delete(reconcileCursors)
}

async function restore(tables: string[]) {
  await db().transaction(async (tx) => {
    // As pg_restore does: into empty tables, without their triggers.
    for (const table of tables)
      await tx.execute(sql`alter table ${sql.identifier(table)} disable trigger all`)
    for (const table of tables) await tx.execute(sql`delete from ${sql.identifier(table)}`)
    for (const table of tables) {
      await tx.execute(
        sql`insert into ${sql.identifier(table)} select * from backup.${sql.identifier(table)}`,
      )
    }
    for (const table of tables)
      await tx.execute(sql`alter table ${sql.identifier(table)} enable trigger all`)
  })
}

async function everything() {
  const { events, targets, facts } = await db()
    .execute<Record<string, string>>(sql`select
      (select md5(string_agg(w::text, '' order by id)) from webhook_events w) as events,
      (select md5(string_agg(t::text, '' order by key)) from sync_targets t) as targets,
      (select md5(string_agg(f::text, '' order by key)) from billing_facts f) as facts`)
    .then(([row]) => row ?? {})
  return { events, targets, facts }
}
