import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'

/**
 * Applies what is missing of db/migrations, in one transaction. Needs a direct connection, not a pooler.
 * Several at once, as when instances start together, take turns: one applies, the others find it done.
 */
export async function migrate(url: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {} })
  try {
    const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url))
    // Held until this connection ends. Drizzle makes its own table before its transaction, so two first
    // runs would both make it.
    await client`select pg_advisory_lock(${LOCK})`
    await applyMigrations(drizzle({ client }), { migrationsFolder })
  } finally {
    await client.end({ timeout: 5 })
  }
}

// Arbitrary: it only has to differ from the lock numbers of other programs in this database.
const LOCK = 7_203_115
