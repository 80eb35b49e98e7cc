import { type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'

/** The first row of a chain that does not fit the chain itself. */
export type ChainFault = {
  scope: string
  n: number
  kind:
    | 'altered'
    | 'replaced'
    | 'moved'
    | 'missing'
    | 'extra'
    | 'cut_off'
    | 'head_differs'
    | 'head_missing'
}

/**
 * Recomputes every hash of one chain, or of all for null, and answers the first fault of each chain
 * that has one. The rows stream through in the order of the key.
 */
export async function listChainFaults(scope: string | null): Promise<ChainFault[]> {
  const faults = await db().execute<ChainFault>(sql`
    with hashed as (
      select scope, n, prev, hash,
        hash = audit_hash(prev, scope, n, at, actor, action, before, after, event_ids) as whole
      from audit_log ${ofScope(scope)}
    ), linked as (
      select scope, n, prev, hash, whole, coalesce(lag(n) over chain, 0) as n_before,
        lead(n) over chain as n_after, lead(prev) over chain as prev_after,
        lead(whole) over chain as whole_after
      from hashed window chain as (partition by scope order by n)
    ), judged as (
      select scope, linked.n, n_before, head.n as n_head, case
          when linked.n < 1 then 'extra'
          when linked.n <> n_before + 1 then 'missing'
          when not whole then 'altered'
          when linked.n = 1 and prev <> '' then 'replaced'
          -- The row after it fits itself, and follows another one than this.
          when n_after = linked.n + 1 and whole_after and prev_after <> linked.hash then 'replaced'
          when n_after is not null then null
          when head.n is null then 'head_missing'
          when head.n > linked.n then 'cut_off'
          when head.n < linked.n then 'extra'
          when head.hash <> linked.hash then 'head_differs'
        end as kind
      from linked left join audit_heads head using (scope)
    ), first as (
      select distinct on (scope) scope, kind, case
          when kind = 'missing' then n_before + 1
          when kind = 'cut_off' then n + 1
          when kind = 'extra' and n_head < n then n_head + 1
          else n
        end as n
      from judged where kind is not null order by scope, judged.n
    )
    select scope, n::float8 as n,
      case when kind = 'altered' and ${isElsewhere} then 'moved' else kind end as kind
    from first
    union all
    select scope, 1, 'cut_off' from audit_heads head ${ofScope(scope)} ${scope ? sql`and` : sql`where`}
      not exists (select from audit_log l where l.scope = head.scope)
    order by scope`)
  return [...faults]
}

// Its hash is right for another place in the same chain: it was renumbered, not rewritten.
const isElsewhere = sql`exists (
  select from audit_log l, generate_series(greatest(1, first.n - 1000), first.n + 1000) as place
  where l.scope = first.scope and l.n = first.n
    and l.hash = audit_hash(prev, l.scope, place, at, actor, action, before, after, event_ids))`

/** The first row of a chain that is not what was anchored. */
export type AnchorFault = {
  scope: string
  /** The row that proves it. */
  n: number
  /** The first row that may be wrong: what is before it was anchored, and agrees. */
  since: number
  day: string
  kind: 'rewritten' | 'removed' | 'added_later'
}

/** Compares the last row that each chain has of each day with the one that was anchored. */
export async function listAnchorFaults(scope: string | null): Promise<AnchorFault[]> {
  const faults = await db().execute<AnchorFault>(sql`
    with logged as (
      select scope, audit_day(at) as day, max(n) as n from audit_log
      where at < (select max(day) + 1 from audit_anchors)::timestamp at time zone 'UTC'
        ${scope ? sql`and scope = ${scope}` : sql``}
      group by 1, 2
    ), anchored as (
      select scope, day, n, hash from audit_anchor_heads ${ofScope(scope)}
    ), paired as (
      select scope, day, logged.n as n_logged, anchored.n as n_anchored, anchored.hash as hash,
        coalesce(lag(anchored.n) over (partition by scope order by day), 0) + 1 as since
      from logged full join anchored using (scope, day)
    ), judged as (
      select paired.*, case
          when n_anchored is null then 'added_later'
          when l.hash is null then 'removed'
          when l.hash <> paired.hash then 'rewritten'
          when n_logged > n_anchored then 'added_later'
        end as kind
      from paired left join audit_log l on l.scope = paired.scope and l.n = n_anchored
    )
    select distinct on (scope) scope, day::text as day, kind, since::float8 as since, (case kind
        when 'added_later' then coalesce(n_anchored + 1, n_logged)
        when 'removed' then (select coalesce(max(n), 0) + 1 from audit_log l
          where l.scope = judged.scope and l.n < n_anchored)
        else n_anchored
      end)::float8 as n
    from judged where kind is not null order by scope, judged.day`)
  return [...faults]
}

/** How many rows and chains there are. */
export async function countAudit(scope: string | null): Promise<{ rows: number; chains: number }> {
  const [count] = await db().execute<{ rows: number; chains: number }>(sql`
    select (select count(*) from audit_log ${ofScope(scope)})::float8 as rows,
      (select count(*) from audit_heads ${ofScope(scope)})::float8 as chains`)
  return count ?? { rows: 0, chains: 0 }
}

function ofScope(scope: string | null): SQL {
  return scope === null ? sql`` : sql`where scope = ${scope}`
}
