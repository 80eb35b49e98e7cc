import postgres from 'postgres'
import { expect, test } from 'vitest'

test('a test file has a migrated database of its own', async () => {
  const sql = postgres(process.env.DATABASE_URL ?? '', { max: 1 })
  const [row] = await sql`select current_database() as name, to_regclass('webhook_events') as inbox`
  expect(row).toEqual({ name: expect.stringMatching(/^ledgerline_test_/), inbox: 'webhook_events' })
  await sql.end()
})
