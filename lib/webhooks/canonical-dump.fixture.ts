import type postgres from 'postgres'

// Stripe's own instants, and what is worked out from them: the same in every run of one script.
const INSTANTS_KEPT = new Set([
  'stripe_created_at',
  'current_period_start',
  'current_period_end',
  'cancel_at',
  'canceled_at',
  'ended_at',
  'trial_end',
  'valid_until',
])

// Counters of how often a target was read, and the chain that hashes instants.
const LEFT_OUT = new Set(['fence', 'seq', 'dirty_seq', 'synced_seq', 'prev', 'hash'])

/**
 * Every row of every table, in an order of its own, so that two databases can be compared. Left out
 * is what differs between two runs of one script: our own clock's instants, how often a target was
 * claimed and marked (whether it is still dirty stays), and the audit chain's hashes.
 */
export async function canonicalDump(sql: postgres.Sql): Promise<Record<string, string[]>> {
  const tables = await sql<{ name: string; instants: string[] }[]>`
    select table_name as name,
      array_agg(column_name::text) filter (where data_type like 'timestamp%') as instants
    from information_schema.columns where table_schema = 'public' group by table_name order by 1`
  const dump: Record<string, string[]> = {}
  for (const { name, instants } of tables) {
    const clocks = new Set(instants)
    const rows = await sql<{ row: Record<string, unknown> }[]>`
      select to_jsonb(t) as row from ${sql(name)} t`
    dump[name] = rows
      .map(({ row }) => {
        const kept = Object.entries(row).filter(
          ([column]) => !LEFT_OUT.has(column) && (!clocks.has(column) || INSTANTS_KEPT.has(column)),
        )
        const dirty = 'dirty_seq' in row ? { dirty: row.dirty_seq !== row.synced_seq } : {}
        return JSON.stringify({ ...Object.fromEntries(kept.toSorted()), ...dirty })
      })
      .toSorted()
  }
  return dump
}
