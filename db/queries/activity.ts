import { eq, type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { type AuditActor, auditLog } from '@/db/schema/audit'
import { customers } from '@/db/schema/billing'
import type { UserId, WorkspaceId } from '@/lib/ids'

/** A row of the trail, as far as a person reads it. */
export type ActivityRow = {
  scope: string
  n: number
  at: Date
  actor: AuditActor
  action: string
  after: Record<string, unknown> | null
}

/** A row by its place in its chain. */
export type ActivityKey = Pick<ActivityRow, 'scope' | 'n'>

/**
 * The chains of a workspace: those of the customers that it has or had, and its own. With `userId`, also
 * that of its one user: how they sign in.
 */
export async function listOwnScopes(
  workspaceId: WorkspaceId,
  userId: UserId | null,
): Promise<string[]> {
  const rows = await db()
    .select({ id: customers.id })
    .from(customers)
    .where(eq(customers.workspaceId, workspaceId))
  const own = userId === null ? [] : [`user:${userId}`]
  return [...rows.map(({ id }) => id), `workspace:${workspaceId}`, ...own]
}

/**
 * The rows of some chains, newest first. Each chain is read from its end, so that a long one costs no more than a
 * short one. `before`: a row of one of them, which is not shown again.
 */
export async function listActivity(
  scopes: readonly string[],
  { before, without, limit }: { before: ActivityKey | null; without: string[]; limit: number },
): Promise<ActivityRow[]> {
  const older = before && scopes.includes(before.scope) ? olderThan(before) : sql`true`
  const rows = await db().execute<Row>(sql`
    select row.scope, row.n, row.at, row.actor, row.action, row.after
    from unnest(${sql.param([...scopes])}::text[]) as own(scope)
    cross join lateral (
      select * from ${auditLog} a
      where a.scope = own.scope and a.action <> all(${sql.param(without)}::text[]) and ${older}
      order by a.n desc limit ${limit}
    ) as row
    order by row.at desc, row.scope desc, row.n desc
    limit ${limit}`)
  return rows.map(({ n, at, ...row }) => ({ ...row, n: Number(n), at: new Date(at) }))
}

// What the driver gives for a bigint and an instant is text.
type Row = Omit<ActivityRow, 'n' | 'at'> & { n: string; at: string }

function olderThan({ scope, n }: ActivityKey): SQL {
  // The instant is looked up where it is exact: a date of ours has no microseconds.
  return sql`(a.at, a.scope, a.n) < (select at, scope, n from ${auditLog} where scope = ${scope} and n = ${n})`
}
