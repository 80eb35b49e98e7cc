import postgres from 'postgres'
import { migrate } from '@/db/migrate'
import { journalSchema, schemaOf, withoutSchema } from '@/lib/env-schema'
import { explain, place } from './why-not-migrated'

/**
 * Brings a database up to the newest migration, in the schema that its address names.
 * @returns where it is and how many were applied, for a person
 * @throws a sentence without the password
 */
export async function migrateDatabase(url: string, variable = 'DATABASE_URL'): Promise<string> {
  try {
    const before = await appliedMigrations(url)
    await migrate(url)
    const added = (await appliedMigrations(url)) - before
    return `${place(url)}: ${added === 0 ? 'up to date' : `${added} migrations applied`}`
  } catch (error) {
    throw new Error(explain(error, url, variable), { cause: error })
  }
}

async function appliedMigrations(url: string): Promise<number> {
  const journal = journalSchema(schemaOf(url))
  const sql = postgres(withoutSchema(url), { max: 1, onnotice: () => {}, connect_timeout: 10 })
  try {
    const [table] = await sql`select to_regclass(${`${journal}.__drizzle_migrations`}) as name`
    if (!table?.name) return 0
    const [row] = await sql`select count(*)::int as n from ${sql(journal)}.__drizzle_migrations`
    return row?.n ?? 0
  } finally {
    await sql.end({ timeout: 5 })
  }
}
