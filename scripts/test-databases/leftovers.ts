import postgres from 'postgres'

/** Drops what runs that were killed left on an embedded server, and templates of older migrations. */
export async function dropLeftovers(serverUrl: string, keep: string): Promise<void> {
  const sql = postgres(serverUrl, { max: 1, onnotice: () => {} })
  try {
    const old = await sql<{ datname: string }[]>`
      select datname from pg_database
      where datname ~ '^ledgerline_(test|template)_' and datname <> ${keep}`
    for (const { datname } of old) {
      await sql`update pg_database set datistemplate = false where datname = ${datname}`
      await sql`drop database if exists ${sql(datname)} with (force)`
    }
  } finally {
    await sql.end({ timeout: 5 })
  }
}
