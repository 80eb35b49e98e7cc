import postgres from 'postgres'

/** Whether someone has or had the role; `no_tables`: nothing was migrated; `away`: Postgres did not say. */
export type FirstOperator = 'there' | 'none' | 'no_tables' | 'away'

/**
 * Looks through one connection of its own, which is closed after: it is asked where the environment is not
 * whole yet, and the pool cannot be opened. Never throws.
 */
export async function findFirstOperator(url: string): Promise<FirstOperator> {
  let sql: postgres.Sql | undefined
  try {
    sql = postgres(url, { max: 1, prepare: false, connect_timeout: 3, onnotice: () => {} })
    const [table] = await sql`select to_regclass('operators') as name`
    if (!table?.name) return 'no_tables'
    const [row] = await sql`select exists (select from operators) as there`
    return row?.there === true ? 'there' : 'none'
  } catch {
    return 'away'
  } finally {
    await sql?.end({ timeout: 1 })
  }
}
