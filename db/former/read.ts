import postgres from 'postgres'

/** Runs one query of ours in another application's database. */
export type Ask = postgres.TransactionSql

/**
 * Opens the database of the application before, for reading: Postgres itself refuses any write, and all that is
 * read is of one instant. Not our own pool, and closed afterwards.
 */
export async function readFormer<T>(url: string, work: (ask: Ask) => Promise<T>): Promise<T> {
  // A pooler in transaction mode would be another backend at the next statement: there are none to prepare.
  const client = postgres(url, { max: 1, prepare: false, connect_timeout: 10, onnotice: () => {} })
  try {
    let result: { value: T } | undefined
    await client.begin('isolation level repeatable read read only', async (sql) => {
      result = { value: await work(sql) }
    })
    if (!result) throw new Error('The transaction ended without its work.')
    return result.value
  } finally {
    await client.end({ timeout: 5 })
  }
}
