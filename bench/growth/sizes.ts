import type postgres from 'postgres'

/** Bytes by table, its indexes and long values with it; as small as they are when nothing in them is dead. */
export async function sizesOf(sql: postgres.Sql): Promise<Record<string, number>> {
  await sql.unsafe('vacuum full')
  const rows = await sql<{ relname: string; bytes: string }[]>`
    select relname, pg_total_relation_size(oid) as bytes from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r'`
  return Object.fromEntries(rows.map(({ relname, bytes }) => [relname, Number(bytes)]))
}
