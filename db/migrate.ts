import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { journalSchema, PUBLIC, schemaOf, withoutSchema } from '@/lib/env-schema'

/**
 * Applies what is missing of db/migrations, in one transaction, in the schema that the address names, which
 * is made. Needs a direct connection, not a pooler.
 * Several at once, as when instances start together, take turns: one applies, the others find it done.
 */
export async function migrate(url: string): Promise<void> {
  const schema = schemaOf(url)
  // Postgres's own names come first without being named. What functions keep of this path is all that their
  // owner's rights are used with, so temporary tables, which anyone may make, come last.
  const connection = { search_path: `${schema}, pg_temp` }
  const client = postgres(withoutSchema(url), { max: 1, connection, onnotice: () => {} })
  try {
    const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url))
    // Held until this connection ends. Drizzle makes its own table before its transaction, so two first
    // runs would both make it.
    await client`select pg_advisory_lock(${LOCK})`
    const migrationsSchema = journalSchema(schema)
    if (schema !== PUBLIC) await client`create schema if not exists ${client(schema)}`
    await applyMigrations(drizzle({ client }), { migrationsFolder, migrationsSchema })
  } finally {
    await client.end({ timeout: 5 })
  }
}

// Arbitrary: it only has to differ from the lock numbers of other programs in this database.
const LOCK = 7_203_115
