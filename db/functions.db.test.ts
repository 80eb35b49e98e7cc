import { getTableName, sql } from 'drizzle-orm'
import { toSnakeCase } from 'drizzle-orm/casing'
import { getTableConfig } from 'drizzle-orm/pg-core'
import { afterAll, describe, expect, it } from 'vitest'
import { changedFunctions, functionFiles } from '@/scripts/migrations/functions'
import { db, disconnect, inTransaction } from './client'
import { entitlements, subscriptions } from './schema/billing'

afterAll(disconnect)

describe('the SQL functions of a migrated database', () => {
  it('are exactly those that stand in db/functions', async () => {
    const declared = functionFiles().flatMap(({ text }) =>
      [...text.matchAll(/^CREATE OR REPLACE FUNCTION (\w+)/gm)].map(([, name]) => name),
    )
    const migrated = (await definitions()).map(({ name }) => name)
    expect(migrated).toEqual(declared.toSorted())
  })

  it('stay exactly the same when every file of db/functions runs once more', async () => {
    const before = await everything()
    await inTransaction(async (tx) => {
      // As `migrate` has it: some functions keep it.
      await tx.execute(sql`set local search_path = public, pg_temp`)
      for (const { text } of functionFiles()) await tx.execute(sql.raw(text))
    })
    expect(await everything()).toEqual(before)
  })

  it('that work with the rights of their owner find no table that a caller could plant', async () => {
    const rows = await db().execute<{ name: string; path: string | null }>(sql`
      select proname as name, (select one from unnest(proconfig) one where one like 'search_path=%') as path
      from pg_proc where pronamespace = 'public'::regnamespace and prosecdef`)
    expect(rows.length).toBeGreaterThan(6)
    expect([...new Set(rows.map(({ path }) => path))]).toEqual(['search_path=public, pg_temp'])
  })

  it('are all brought by a migration: `npm run db:generate` would write none', () => {
    expect(changedFunctions().map(({ file }) => file)).toEqual([])
  })
})

it.each([
  ['subscriptions', subscriptions, ['id', 'customer_id', 'stripe_created_at']],
  ['entitlements', entitlements, ['workspace_id']],
])('a sync that finds a row of %s writes each of its columns anew', (_, table, never) => {
  const text = functionFiles().find(({ file }) => file === 'apply-sync.sql')?.text ?? ''
  const insert = text.slice(text.indexOf(`INSERT INTO ${getTableName(table)} `))
  const written = [
    ...insert.slice(0, insert.indexOf(';')).matchAll(/(\w+) = (?:greatest\()?excluded\.\1\b/g),
  ]
  const { columns } = getTableConfig(table)
  const names = columns.map(({ name, keyAsName }) => (keyAsName ? toSnakeCase(name) : name))
  expect([...written.map(([, name]) => name), ...never].toSorted()).toEqual(names.toSorted())
})

async function everything() {
  return { functions: await definitions(), triggers: await triggers(), jobs: await jobs() }
}

async function definitions() {
  return [
    ...(await db().execute<{ name: string; definition: string; rights: string | null }>(sql`
      select proname as name, pg_get_functiondef(oid) as definition, proacl::text as rights
      from pg_proc where pronamespace = 'public'::regnamespace order by proname`)),
  ]
}

async function triggers() {
  return [
    ...(await db().execute(sql`
      select pg_get_triggerdef(oid) as definition, tgenabled as enabled
      from pg_trigger where not tgisinternal order by 1`)),
  ]
}

async function jobs() {
  return [...(await db().execute(sql`select * from heartbeats order by job`))]
}
