import { setTimeout as wait } from 'node:timers/promises'
import postgres from 'postgres'
import { ROLE } from './initdb'

/** The URL of the cluster's own database. */
export function connectionUrl(port: number, password: string, database = DATABASE): string {
  return `postgresql://${ROLE}:${password}@127.0.0.1:${port}/${database}`
}

/** Creates the cluster's own database unless it stands. */
export async function ensureDatabase(port: number, password: string): Promise<void> {
  await withClient(connectionUrl(port, password, 'postgres'), async (sql) => {
    const found = await sql`select 1 from pg_database where datname = ${DATABASE}`
    if (found.length === 0) await sql`create database ${sql(DATABASE)}`
  })
}

/**
 * Resolves when the database behind `url` answers a query.
 * @throws the last refusal after ten seconds: a server that runs answers much sooner
 */
export async function untilAnswering(url: string): Promise<void> {
  const deadline = Date.now() + 10_000
  for (;;) {
    try {
      return await withClient(url, async (sql) => void (await sql`select 1`))
    } catch (error) {
      if (Date.now() > deadline) throw error
      await wait(50)
    }
  }
}

const DATABASE = 'ledgerline'

async function withClient<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 1 })
  }
}
