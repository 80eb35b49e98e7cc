import { and, desc, eq, gt, isNull, lt, or, sql } from 'drizzle-orm'
import { db, type Transaction } from '@/db/client'
import { apiKeys } from '@/db/schema/api-keys'
import { users } from '@/db/schema/auth'
import type { WorkspaceId } from '@/lib/ids'

const NOW = sql`clock_timestamp()`
const RECENT = sql`clock_timestamp() - interval '1 minute'`
const IS_LIVING = and(
  isNull(apiKeys.revokedAt),
  or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, NOW)),
)

type Row = typeof apiKeys.$inferSelect
type NewKey = Pick<Row, 'workspaceId' | 'createdBy' | 'name' | 'mode' | 'hash' | 'lastFour'> & {
  days: number | null
}

/** The key with this hash while it opens something; `usedLately`: within a minute, and noted. */
export async function findLivingKey(hash: string) {
  const [row] = await db()
    .select({
      id: apiKeys.id,
      workspaceId: apiKeys.workspaceId,
      usedLately: sql<boolean>`coalesce(${apiKeys.lastUsedAt} > ${RECENT}, false)`,
    })
    .from(apiKeys)
    .where(and(eq(apiKeys.hash, hash), IS_LIVING))
  return row ?? null
}

/**
 * The key with this hash, also one that has ended; `isFresh`: it was made within a minute, and
 * still opens something.
 */
export async function findKey(tx: Transaction, hash: string) {
  const [row] = await tx
    .select({
      id: apiKeys.id,
      name: apiKeys.name,
      expiresAt: apiKeys.expiresAt,
      isFresh: sql<boolean>`${and(gt(apiKeys.createdAt, RECENT), IS_LIVING)}`,
    })
    .from(apiKeys)
    .where(eq(apiKeys.hash, hash))
  return row ?? null
}

/** Every key of a workspace with its maker's address, the newest first, also those that have ended. */
export function listKeys(workspaceId: WorkspaceId) {
  return db()
    .select({
      id: apiKeys.id,
      name: apiKeys.name,
      mode: apiKeys.mode,
      lastFour: apiKeys.lastFour,
      createdAt: apiKeys.createdAt,
      expiresAt: apiKeys.expiresAt,
      revokedAt: apiKeys.revokedAt,
      lastUsedAt: apiKeys.lastUsedAt,
      isLiving: sql<boolean>`${IS_LIVING}`,
      madeBy: users.email,
    })
    .from(apiKeys)
    .leftJoin(users, eq(users.id, apiKeys.createdBy))
    .where(eq(apiKeys.workspaceId, workspaceId))
    .orderBy(desc(apiKeys.createdAt))
}

/** How many keys of a workspace open something. Held until the transaction ends, so that no other counts the same. */
export async function countLivingKeys(tx: Transaction, workspaceId: WorkspaceId): Promise<number> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`api_keys:${workspaceId}`}, 0))`,
  )
  return tx.$count(apiKeys, and(eq(apiKeys.workspaceId, workspaceId), IS_LIVING))
}

/** Keeps a new key, which ends in so many days. */
export async function insertKey(tx: Transaction, { days, ...key }: NewKey) {
  const expiresAt = days === null ? null : sql`clock_timestamp() + make_interval(days => ${days})`
  const [row] = await tx
    .insert(apiKeys)
    .values({ ...key, expiresAt })
    .returning({ id: apiKeys.id, expiresAt: apiKeys.expiresAt })
  if (!row) throw new Error('Postgres kept a row and did not say which.')
  return row
}

/** Whether a key of this workspace is revoked now, or was already; null: it has none of this id. */
export async function revokeKey(
  tx: Transaction,
  workspaceId: WorkspaceId,
  id: string,
): Promise<'revoked' | 'already' | null> {
  const which = and(eq(apiKeys.id, id), eq(apiKeys.workspaceId, workspaceId))
  const revoked = await tx
    .update(apiKeys)
    .set({ revokedAt: NOW })
    .where(and(which, isNull(apiKeys.revokedAt)))
    .returning({ id: apiKeys.id })
  if (revoked.length > 0) return 'revoked'
  return (await tx.$count(apiKeys, which)) > 0 ? 'already' : null
}

/** Records that a key was used, once a minute at most however many requests come at once. */
export async function noteKeyUse(id: string): Promise<void> {
  await db()
    .update(apiKeys)
    .set({ lastUsedAt: NOW })
    .where(and(eq(apiKeys.id, id), or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, RECENT))))
}
