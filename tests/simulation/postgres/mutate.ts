import { sql } from 'drizzle-orm'
import { db } from '@/db/client'

/** One guard of the SQL, and what takes it away. */
export type Mutant = {
  /** What the guard is for, as the end of "it is there so that …". */
  so: string
  in: string
  from: RegExp
  to: string
}

/**
 * Takes one guard out of the function as this database has it now, whichever migration made it.
 * @returns what puts it back
 * @throws when the guard is not there to be taken: then the mutant must follow the SQL
 */
export async function mutate(mutant: Mutant): Promise<() => Promise<void>> {
  const rows = await db().execute<{ definition: string }>(sql`
    select pg_get_functiondef(oid) as definition from pg_proc
    where proname = ${mutant.in} and pronamespace = 'public'::regnamespace`)
  const [row] = rows
  if (!row || rows.length > 1) throw new Error(`There are ${rows.length} functions ${mutant.in}.`)
  const { definition } = row
  const places = definition.match(new RegExp(mutant.from, 'g'))?.length ?? 0
  if (places !== 1) {
    throw new Error(
      `${mutant.in} has ${mutant.from} in ${places} places. Let the mutant follow it.`,
    )
  }
  await db().execute(sql.raw(definition.replace(mutant.from, mutant.to)))
  return async () => {
    await db().execute(sql.raw(definition))
  }
}
