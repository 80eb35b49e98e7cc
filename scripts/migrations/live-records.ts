import postgres from 'postgres'
import { schemaOf, withoutSchema } from '@/lib/env-schema'
import { givenDatabase } from '@/scripts/stack/given-database'
import { nameGiven } from '@/scripts/stack/load-env'
import { explain } from '@/scripts/stack/why-not-migrated'

/** The variables that lead to a database, the one that is migrated first. */
export const DATABASE_VARIABLES = ['DIRECT_DATABASE_URL', 'DATABASE_URL'] as const

/**
 * Keeps everything but production away from a database that holds customers of Stripe's live mode: its
 * migrations would change what production serves, and to a test key all of them would be gone. Looks
 * where each of `variables` leads that was given, and changes nothing.
 * @throws a sentence that says what to do
 */
export async function refuseLiveRecords(
  appEnv: string,
  variables: readonly (typeof DATABASE_VARIABLES)[number][],
): Promise<void> {
  if (appEnv === 'production') return
  for (const variable of variables) {
    const url = givenDatabase(variable)
    if (!url || !(await holdsLiveRecords(url, variable))) continue
    throw new Error(
      `${nameGiven(variable)} leads to a database with customers of Stripe's live mode, and APP_ENV is ${appEnv}. Nothing was changed. Give it a database, or a branch that begins empty, of its own (docs/how-to/deploy-to-vercel.md); where this is production, set APP_ENV=production.`,
    )
  }
}

async function holdsLiveRecords(url: string, variable: string): Promise<boolean> {
  // Without prepared statements, for it may lead to a pooler.
  const quiet = { max: 1, onnotice: () => {}, connect_timeout: 10, prepare: false }
  try {
    const [sql, schema] = [postgres(withoutSchema(url), quiet), schemaOf(url)]
    try {
      const [table] = await sql`select to_regclass(${`${schema}.customers`}) as name`
      if (!table?.name) return false
      const [found] = await sql`select from ${sql(schema)}.customers where livemode limit 1`
      return found !== undefined
    } finally {
      await sql.end({ timeout: 5 })
    }
  } catch (error) {
    throw new Error(explain(error, url, nameGiven(variable)), { cause: error })
  }
}
