import { and, eq, inArray } from 'drizzle-orm'
import { db, type Transaction } from '@/db/client'
import { emailOptOuts } from '@/db/schema/auth'
import type { UserId } from '@/lib/ids'
import type { OptionalEmail } from '@/lib/optional-emails'

/** The kinds of email that a user has turned off. */
export async function listOptOuts(userId: UserId): Promise<OptionalEmail[]> {
  const rows = await db()
    .select({ kind: emailOptOuts.kind })
    .from(emailOptOuts)
    .where(eq(emailOptOuts.userId, userId))
  return rows.map(({ kind }) => kind)
}

/** Those of some users who have turned a kind of email off. */
export async function listOptedOut(
  userIds: readonly UserId[],
  kind: OptionalEmail,
): Promise<UserId[]> {
  if (userIds.length === 0) return []
  const rows = await db()
    .select({ userId: emailOptOuts.userId })
    .from(emailOptOuts)
    .where(and(inArray(emailOptOuts.userId, [...userIds]), eq(emailOptOuts.kind, kind)))
  return rows.map(({ userId }) => userId)
}

/** Turns a kind of email off; false when it is off already. */
export async function insertOptOut(
  tx: Transaction,
  userId: UserId,
  kind: OptionalEmail,
): Promise<boolean> {
  const rows = await tx
    .insert(emailOptOuts)
    .values({ userId, kind })
    .onConflictDoNothing()
    .returning()
  return rows.length === 1
}

/** Turns it on again; false when it is on already. */
export async function deleteOptOut(
  tx: Transaction,
  userId: UserId,
  kind: OptionalEmail,
): Promise<boolean> {
  const rows = await tx
    .delete(emailOptOuts)
    .where(and(eq(emailOptOuts.userId, userId), eq(emailOptOuts.kind, kind)))
    .returning()
  return rows.length === 1
}
