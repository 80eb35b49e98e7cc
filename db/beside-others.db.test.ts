import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db, disconnect } from '@/db/client'
import { openPool } from '@/db/pool'
import { probe } from '@/db/probe'
import { readHealth } from '@/db/queries/health'
import { checkoutIntents } from '@/db/schema/checkout'
import { anchorAudit } from '@/lib/audit/anchor'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { confirmCheckout } from '@/lib/checkout/confirm'
import { CARD, openShop, shopper } from '@/lib/checkout/shop.fixture'
import { startCheckout } from '@/lib/checkout/start'
import { examine } from '@/lib/doctor/examine'
import { openPlaces } from '@/lib/doctor/places'
import { env } from '@/lib/env'
import { withoutSchema } from '@/lib/env-schema'
import { drainTarget } from '@/lib/sync/drain-target'
import { oneCustomer } from '@/lib/sync/one-customer.fixture'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import type { RunningSandbox } from '@/sandbox/server'
import { migrateDatabase } from '@/scripts/stack/migrate'
import { startPooler } from '@/tests/harness/faults/pooler'
import { startRefusingPooler } from '@/tests/harness/faults/refusing-pooler'
import { besideOthers } from './beside-others.fixture'
import { findFirstOperator } from './first-operator'

let beside: Awaited<ReturnType<typeof besideOthers>>
let shop: RunningSandbox
let before: unknown

beforeAll(async () => {
  beside = await besideOthers()
  before = await beside.theirs()
  await beside.moveIn()
  shop = await openShop()
})

afterAll(async () => {
  await disconnect()
  await beside.close()
  await shop.stop()
})

describe('in a schema beside the tables of another application, of the same names', () => {
  it('all of ours is brought once, with its own journal, and a second time nothing', async () => {
    expect(beside.migrated()).toMatch(/, schema billing: [1-9]\d* migrations applied$/)
    expect(await migrateDatabase(beside.owner)).toMatch(/schema billing: up to date$/)
    const [row] = await beside.others`select count(*)::int as n from information_schema.tables
      where table_schema = 'billing' and table_name in ('users', 'subscriptions', '__drizzle_migrations')`
    expect(row).toEqual({ n: 3 })
  })

  it('a customer buys a plan, an event of Stripe is applied, and the day is anchored', async () => {
    const me = await shopper()
    await startCheckout(me.actor, { tier: SMALL, interval: 'month' })
    const [intent] = await db().select().from(checkoutIntents)
    if (!intent?.sessionId) throw new Error('There is no page to pay on.')
    await payCheckout(shop.sandbox, intent.sessionId, CARD)
    expect(await confirmCheckout(me.actor, intent.sessionId)).toMatchObject({ kind: 'activated' })
    const one = await oneCustomer()
    one.stripe.show(one.snapshot())
    const { claim } = await one.ingest({ type: 'invoice.paid', objectId: 'in_besideOthers' })
    if (!claim) throw new Error('The lease was not given.')
    await drainTarget(one.ports, claim, { type: 'system', job: 'test' })
    expect(await one.entitlement()).toMatchObject({ tier: SMALL })
    await anchorAudit()
    expect(await readHealth(12)).toMatchObject({ migrated: true })
    const [row] = await db().execute(sql`select count(*)::int as n from billing.subscriptions`)
    expect(row).toEqual({ n: 2 })
  })

  it('the doctor says which schema it is, and their operators are not ours', async () => {
    expect((await schemaCheck())[0]).toMatchObject({
      ...{ status: 'ok', detail: 'billing' },
    })
    expect(await findFirstOperator(env().databaseUrl)).toBe('none')
  })

  it('not one row, right or table of the other application has changed', async () => {
    expect(await beside.theirs()).toEqual(before)
  })

  it('the role can neither read nor change a table of the other application', async () => {
    for (const statement of ['select from public.users', 'delete from public.subscriptions'])
      await expect(db().execute(sql.raw(statement))).rejects.toMatchObject({
        cause: { code: '42501' },
      })
  })

  it('functions that work with the rights of their owner look there, and at nothing planted', async () => {
    const rows = await beside.others`select distinct one from pg_proc, unnest(proconfig) one
      where prosecdef and pronamespace = 'billing'::regnamespace and one like 'search_path=%'`
    expect(rows.map(({ one }) => one)).toEqual(['search_path=billing, pg_temp'])
  })
})

describe('behind a pooler', () => {
  it('that refuses to be asked for a schema, the role brings it, and no query fails', async () => {
    const pooler = await startRefusingPooler(beside.owner)
    const pool = openPool(behind(pooler.port, env().databaseUrl), 3)
    try {
      const asked = Array.from({ length: 6 }, () =>
        pool.use(({ client }) => client.unsafe('select current_schema() as name')),
      )
      const answers = await Promise.all(asked)
      expect(answers.map(([row]) => row?.name)).toEqual(answers.map(() => 'billing'))
      expect(pooler.refused()).toBeGreaterThan(0)
      expect((await probe(behind(pooler.port, env().databaseUrl))).schema).toBe('billing')
    } finally {
      await pool.end()
      await pooler.close()
    }
  })

  it.each([
    ['refuses', startRefusingPooler],
    ['drops', (url: string) => startPooler(url, { kind: '1.25' })],
  ])(
    'that %s what a connection asks for, a role without the schema asks nothing of any table',
    async (_, start) => {
      const pooler = await start(withoutSchema(beside.owner))
      const url = behind(pooler.port, beside.owner)
      const pool = openPool(url, 1)
      let worked = false
      try {
        const asking = pool.use(async ({ client }) => {
          worked = true
          return client.unsafe('select from users')
        })
        await expect(asking).rejects.toMatchObject({ code: 'SCHEMA_MISSED' })
        expect(worked).toBe(false)
        expect((await schemaCheck(url))[0]).toMatchObject({
          ...{ status: 'fail', detail: 'public, and DATABASE_SCHEMA says billing' },
        })
      } finally {
        await pool.end()
        await pooler.close()
      }
    },
  )
})

function schemaCheck(url = env().databaseUrl) {
  const places = openPlaces({ ...env(), databaseUrl: url, directDatabaseUrl: url }, null)
  const words = { given: {}, problems: [], nameRemarks: [], nodeVersion: process.version }
  return examine({ words, places }, ['schema'])
}

function behind(port: number, url: string): string {
  return Object.assign(new URL(url), { port: `${port}` }).href
}
