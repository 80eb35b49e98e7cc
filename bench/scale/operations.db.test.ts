import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { disconnect } from '@/db/client'
import { fillWith } from '@/tests/console/crowd'
import { scannedBetween, settledScans } from '@/tests/console/scans'
import { levelBacklog } from './backlog'
import { OPERATIONS, type OperationName } from './operations'
import { timeTurns } from './time-turns'

// Enough that a scan of any of these costs Postgres more than an index does.
const WORKSPACES = 4_000

let sql: postgres.Sql
beforeAll(async () => {
  sql = postgres(String(process.env.DATABASE_URL), { max: 1, onnotice: () => {} })
  await fillWith(sql, { customers: WORKSPACES, events: 20_000 })
  await levelBacklog(sql)
}, 120_000)
afterAll(async () => {
  await disconnect()
  await sql.end()
})

// Safe: the keys of OPERATIONS are its names.
const NAMES = Object.keys(OPERATIONS) as OperationName[]

test.each(NAMES)('%s, as the bench times it, scans no table that grows', async (name) => {
  expect(await timeTurns({ name, from: 0, turns: 2 }, WORKSPACES)).toHaveLength(2)
  await disconnect()
  const before = await settledScans(sql)
  await timeTurns({ name, from: 2, turns: 1 }, WORKSPACES)
  // A connection tells what it did when it ends.
  await disconnect()
  expect(scannedBetween(before, await settledScans(sql)).filter(isNoDay(name))).toEqual([])
})

// Of so small a crowd one day is half of what was ever anchored, and read as such.
function isNoDay(name: OperationName): (table: string) => boolean {
  return (table) => name !== 'audit_day' || table !== 'audit_anchor_heads'
}
