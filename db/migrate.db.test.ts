import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { env } from '@/lib/env'
import { migrationFiles } from '@/scripts/migrations/journal'
import { migrate } from './migrate'

const name = `ledgerline_test_${randomBytes(6).toString('hex')}`
const url = () => Object.assign(new URL(env().databaseUrl), { pathname: name }).href
let owner: postgres.Sql

beforeAll(async () => {
  owner = postgres(env().databaseUrl, { max: 1, onnotice: () => {} })
  await owner`create database ${owner(name)}`
})

afterAll(async () => {
  await owner`drop database if exists ${owner(name)} with (force)`
  await owner.end()
})

it('an empty database that five instances migrate at once is migrated once, and none of them fails', async () => {
  const ends = await Promise.allSettled(Array.from({ length: 5 }, () => migrate(url())))
  expect(ends.map(({ status }) => status)).toEqual(ends.map(() => 'fulfilled'))
  const look = postgres(url(), { max: 1, onnotice: () => {} })
  const [row] = await look`select count(*)::int as n from drizzle.__drizzle_migrations`
  await look.end()
  expect(row).toEqual({ n: migrationFiles().length })
})
