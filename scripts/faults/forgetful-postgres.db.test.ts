import postgres from 'postgres'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startForgetfulPostgres } from './forgetful-postgres'

let pooler: Awaited<ReturnType<typeof startForgetfulPostgres>>
let sql: postgres.Sql

beforeAll(async () => {
  const url = new URL(process.env.DATABASE_URL ?? '')
  pooler = await startForgetfulPostgres(Number(url.port || 5432), url.hostname)
  url.host = `127.0.0.1:${pooler.port}`
  sql = postgres(url.href, { max: 1, prepare: false, onnotice: () => {} })
})

afterAll(async () => {
  await sql.end({ timeout: 5 })
  await pooler.close()
})

it('passes questions and answers on, many at once and in order', async () => {
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) => sql`select ${n}::int as n`),
  )
  expect(answers.map(([row]) => row?.n)).toEqual(Array.from({ length: 50 }, (_, n) => n))
})

it('forgets settings, locks, statements and temporary tables between two transactions', async () => {
  await sql`set lock_timeout = '7s'`
  expect(await sql`show lock_timeout`).toEqual([{ lock_timeout: '0' }])
  await sql`select pg_advisory_lock(1)`
  expect(await sql`select 1 from pg_locks where locktype = 'advisory'`).toHaveLength(0)
  await sql`prepare mine as select 1`
  await expect(sql`execute mine`).rejects.toThrow('does not exist')
  await sql`create temporary table mine (x int)`
  await expect(sql`select * from mine`).rejects.toThrow('does not exist')
})

it('keeps them within one', async () => {
  const kept = await sql.begin(async (tx) => {
    await tx`set local lock_timeout = '7s'`
    return tx`show lock_timeout`
  })
  expect(kept).toEqual([{ lock_timeout: '7s' }])
  await expect(sql`select 1 / 0`).rejects.toThrow('division by zero')
  expect(await sql`select 1 as one`).toEqual([{ one: 1 }])
})
