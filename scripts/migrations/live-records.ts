import postgres from 'postgres'

/**
 * Keeps a preview away from a database that holds customers of Stripe's live mode: its migrations would
 * change what production serves, and to its test key all of them would be gone.
 * @throws a sentence that says what to do
 */
export async function refuseLiveRecords(url: string, variable: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10 })
  try {
    const [table] = await sql`select to_regclass('customers') as name`
    if (!table?.name) return
    const [found] = await sql`select from customers where livemode limit 1`
    if (!found) return
  } finally {
    await sql.end({ timeout: 5 })
  }
  throw new Error(
    `${variable} leads a preview to a database with customers of Stripe's live mode. Nothing was changed. Give previews a database, or a branch that begins empty, of their own: docs/how-to/deploy-to-vercel.md.`,
  )
}
