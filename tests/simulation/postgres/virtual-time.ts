import { sql } from 'drizzle-orm'
import { db, disconnect } from '@/db/client'

/**
 * Makes this database's functions live in virtual time: a schema before all others shadows the clock
 * and the dice, and defaults that were bound to the real clock are bound again. Only for a database
 * that the caller has made for it.
 */
export async function installVirtualTime(): Promise<void> {
  await db().execute(sql.raw(SHADOWS))
  // The path holds for connections that are opened from here on.
  await disconnect()
}

/** Sets the instant, in milliseconds, and the dice for what the same connection does next. */
export async function setVirtualTime(at: number, jitter: number): Promise<void> {
  await db().execute(
    sql.raw(
      `select set_config('sim.now', '${at}', false), set_config('sim.dice', '${jitter}', false)`,
    ),
  )
}

const SHADOWS = `
CREATE SCHEMA sim;
CREATE FUNCTION sim.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
  SELECT timestamptz 'epoch' + current_setting('sim.now')::bigint * interval '1 millisecond'
$$;
CREATE FUNCTION sim.now() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
  SELECT sim.clock_timestamp()
$$;
CREATE FUNCTION sim.random() RETURNS double precision LANGUAGE sql VOLATILE AS $$
  SELECT current_setting('sim.dice')::double precision
$$;
DO $$
DECLARE v record;
BEGIN
  FOR v IN
    SELECT d.adrelid::regclass AS tbl, a.attname AS col FROM pg_attrdef d
      JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
      WHERE pg_get_expr(d.adbin, d.adrelid) IN ('clock_timestamp()', 'now()')
  LOOP
    EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET DEFAULT sim.clock_timestamp()', v.tbl, v.col);
  END LOOP;
  EXECUTE format('ALTER DATABASE %I SET search_path = sim, public, pg_catalog', current_database());
END $$;
`
