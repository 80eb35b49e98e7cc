import { inspect } from 'node:util'
import { sql } from 'drizzle-orm'
import { afterAll, expect, it } from 'vitest'
import { db, disconnect } from '@/db/client'

afterAll(disconnect)

it('the error of a failed query shows what Postgres said, and nothing that was in the query', async () => {
  const error = await db()
    .execute(sql`insert into no_such_table values (${'ada@example.test'})`)
    .catch((thrown: unknown) => thrown)
  const printed = inspect(error, { depth: 5 })
  expect(printed).toContain('relation "no_such_table" does not exist')
  expect(printed).not.toContain('ada@example.test')
})
