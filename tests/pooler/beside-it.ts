import postgres from 'postgres'
import { grantApplication } from '@/db/grant'
import { inSchema, withoutSchema } from '@/lib/env-schema'
import { migrateDatabase } from '@/scripts/stack/migrate'
import type { Base } from '@/tests/harness/environment'
import { type Story, storyOf } from './run'

const SCHEMA = 'beside'
const ROLE = 'ledgerline_beside'

/**
 * The same application a second time in the database of `base`, in a schema and a role of its own, as `DATABASE_SCHEMA`
 * and `npm run db:grant` set it up. Its role may also write to the tables of the same names in `public`, so that
 * a query that goes astray is not refused, and seen.
 */
export async function besideIt(base: Base): Promise<Story> {
  const owner = inSchema(base.databaseUrl, SCHEMA)
  await migrateDatabase(owner)
  const password = (await grantApplication(owner, ROLE)) ?? ''
  const sql = postgres(base.databaseUrl, { max: 1, onnotice: () => {} })
  await sql.unsafe(
    `grant usage on schema public to ${ROLE}; grant all on all tables in schema public to ${ROLE}`,
  )
  await sql.end()
  const place = Object.assign(new URL(withoutSchema(owner)), { username: ROLE, password })
  const envFor = (appUrl: string) => ({ ...base.envFor(appUrl), DATABASE_SCHEMA: SCHEMA })
  return storyOf({ ...base, databaseUrl: owner, envFor }, place.href)
}
