import postgres from 'postgres'
import { askedAddress, isSchemaRefused, schemaFound } from '@/db/arrive'

/** What a look at a database through one connection of its own shows. */
export type Probe = {
  /** Such as 180004. */
  version: number
  /** The shortest of several questions and answers, in milliseconds: the way there and back. */
  roundTripMs: number
  /** How far the clock of this machine is ahead of the database's, in milliseconds. */
  aheadMs: number
  /** The schema that it works in; null: the one of the address is not there. */
  schema: string | null
  /** Something stands between that gives each transaction another connection. */
  pooled: boolean
  /** Whether the role can change what happened. */
  canRewrite: boolean
  /** What ends a statement of this role that takes too long; null: nothing does. */
  statementTimeout: string | null
  /** The bodies of the functions that are there, by name; several where it is overloaded. */
  functions: ReadonlyMap<string, readonly string[]>
}

/**
 * Opens one connection to `url`, looks around, changes nothing and closes it.
 * @throws the driver's error
 */
export async function probe(url: string): Promise<Probe> {
  try {
    return await probeOnce(url)
  } catch (error) {
    if (isSchemaRefused(error)) return await probeOnce(url)
    throw error
  }
}

async function probeOnce(url: string): Promise<Probe> {
  const sql = postgres(askedAddress(url), OPTIONS)
  try {
    const schema = await schemaFound(sql, url)
    const [server] = await sql`select current_setting('server_version_num')::int as version`
    const trips = await roundTrips(sql)
    const rights = await sql`
      select coalesce(has_table_privilege(to_regclass('audit_log'), 'UPDATE, DELETE, TRUNCATE'), false) as "canRewrite",
        nullif(current_setting('statement_timeout'), '0') as "statementTimeout", pg_backend_pid() as pid`
    const functions = await sql`
      select proname as name, array_agg(prosrc) as bodies from pg_proc
      where pronamespace = current_schema()::regnamespace group by proname`
    const best = trips.toSorted((a, b) => a.ms - b.ms)[0]
    return {
      version: Number(server?.version),
      schema,
      roundTripMs: best?.ms ?? 0,
      aheadMs: best?.aheadMs ?? 0,
      // A pooler gives each client an invented process id, which a cancel request names.
      pooled: rights.state.pid !== Number(rights[0]?.pid),
      canRewrite: rights[0]?.canRewrite === true,
      statementTimeout: rights[0]?.statementTimeout ?? null,
      functions: new Map(functions.map(({ name, bodies }) => [name, bodies])),
    }
  } finally {
    await sql.end({ timeout: 1 })
  }
}

const OPTIONS = { max: 1, prepare: false, connect_timeout: 5, onnotice: () => {} }

// Enough for the shortest to be the way alone; one that is slow may only have met a busy machine.
const TRIPS = 7

async function roundTrips(sql: postgres.Sql) {
  const trips: { ms: number; aheadMs: number }[] = []
  for (let n = 0; n < TRIPS; n += 1) {
    const [began, sentAt] = [performance.now(), Date.now()]
    const [row] = await sql`select extract(epoch from clock_timestamp())::float8 * 1000 as now`
    const ms = performance.now() - began
    // It was read about half way there and back.
    trips.push({ ms, aheadMs: sentAt + ms / 2 - Number(row?.now) })
  }
  return trips
}
