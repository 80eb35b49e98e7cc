import postgres from 'postgres'
import { withDeadline } from '@/lib/deadline'
import { schemaOf, withoutSchema } from '@/lib/env-schema'

/** Whether someone has or had the role; `no_tables`: nothing was migrated; `away`: Postgres did not say. */
export type FirstOperator = 'there' | 'none' | 'no_tables' | 'away'

/**
 * Looks through one connection of its own, which is closed after: it is asked where the environment is not
 * whole yet, and the pool cannot be opened. Never throws, and a Postgres that is silent is away.
 */
export async function findFirstOperator(
  url: string,
  patienceMs: number = PATIENCE_MS,
): Promise<FirstOperator> {
  let sql: postgres.Sql | undefined
  try {
    // Each table is named in full: a pooler may refuse the schema of a connection.
    sql = postgres(withoutSchema(url), OPTIONS)
    return await withDeadline(
      ask(sql, schemaOf(url)),
      patienceMs,
      () => new Error('the database did not answer'),
    )
  } catch {
    return 'away'
  } finally {
    await sql?.end({ timeout: 1 })
  }
}

// Of its types nothing is needed, and a question for them that is cut off is an error that no caller can catch.
const OPTIONS = {
  max: 1,
  prepare: false,
  fetch_types: false,
  connect_timeout: 3,
  onnotice: () => {},
}

// Neither a start nor a page hangs on a database that takes a connection and says nothing.
const PATIENCE_MS = 5_000

// A row goes with its user when that one is erased; the trail still says that they were appointed.
async function ask(sql: postgres.Sql, schema: string): Promise<FirstOperator> {
  const [table] = await sql`select to_regclass(${`${schema}.operators`}) as name`
  if (!table?.name) return 'no_tables'
  const [row] = await sql`
    select exists (select from ${sql(schema)}.operators)
      or exists (select from ${sql(schema)}.audit_log where action = 'operator.appoint') as there`
  return row?.there === true ? 'there' : 'none'
}
