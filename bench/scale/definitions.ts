import type postgres from 'postgres'

type Definition = { drop: string; create: string }

/** How to drop each constraint of these types, as `pg_constraint` names them, and how to make it again. */
export async function constraints(
  tx: postgres.TransactionSql,
  types: string[],
): Promise<Definition[]> {
  return tx<Definition[]>`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
      format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as create
    from pg_constraint where connamespace = 'public'::regnamespace and contype = any(${types}::"char"[])`
}

/** The same of the indexes that no constraint brings. */
export async function plainIndexes(tx: postgres.TransactionSql): Promise<Definition[]> {
  return tx<Definition[]>`
    select format('drop index %s', indexrelid::regclass) as drop, pg_get_indexdef(indexrelid) as create
    from pg_index join pg_class on pg_class.oid = indrelid
    where relnamespace = 'public'::regnamespace
      and not exists (select from pg_constraint c where c.conindid = indexrelid)`
}
