import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { migrate } from '@/db/migrate'
import { ROOT } from '@/scripts/stack/paths'
import { databaseUrl } from './url'

/** The name of a migrated, empty database to copy. It is kept from run to run until a migration changes. */
export async function ensureTemplate(serverUrl: string): Promise<string> {
  const name = `ledgerline_template_${migrationsHash()}`
  const sql = postgres(serverUrl, { max: 1, onnotice: () => {} })
  try {
    await sql`select pg_advisory_lock(${LOCK})`
    if (await isComplete(sql, name)) return name
    await sql`drop database if exists ${sql(name)} with (force)`
    await sql`create database ${sql(name)}`
    await migrate(databaseUrl(serverUrl, name))
    await sql`alter database ${sql(name)} is_template true`
    return name
  } finally {
    await sql.end({ timeout: 5 })
  }
}

// Two runs on one given server would make the template twice; the number is ours and arbitrary.
const LOCK = 7_203_114

// The mark is set last, so a template whose making was interrupted does not carry it.
async function isComplete(sql: postgres.Sql, name: string): Promise<boolean> {
  const found = await sql`select 1 from pg_database where datname = ${name} and datistemplate`
  return found.length > 0
}

function migrationsHash(): string {
  const folder = join(ROOT, 'db', 'migrations')
  const hash = createHash('sha256')
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (/\.(sql|json)$/.test(name)) hash.update(name).update(readFileSync(join(folder, name)))
  }
  return hash.digest('hex').slice(0, 12)
}
