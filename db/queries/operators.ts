import { createHash } from 'node:crypto'
import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db, type Transaction } from '@/db/client'
import { millisecondsUntil } from '@/db/clocks'
import { sessions, users } from '@/db/schema/auth'
import { operators } from '@/db/schema/operators'
import type { UserId } from '@/lib/ids'

export type SessionOperator = {
  id: UserId
  email: string
  name: string | null
  /** Milliseconds since they proved who they are, by the database's clock. */
  signedInFor: number
}

/** The operator whose session this is, while it lasts and they have the role; null for everyone else. */
export async function findSessionOperator(sessionToken: string): Promise<SessionOperator | null> {
  const tokenHash = createHash('sha256').update(sessionToken).digest('hex')
  const [row] = await db()
    .select({
      id: users.id,
      email: users.email,
      name: users.name,
      signedInFor: sql<number>`-(${millisecondsUntil(sessions.createdAt)})`,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .innerJoin(operators, and(eq(operators.userId, users.id), isNull(operators.revokedAt)))
    .where(and(eq(sessions.tokenHash, tokenHash), gt(sessions.expires, sql`clock_timestamp()`)))
  return row ?? null
}

export type ListedOperator = typeof operators.$inferSelect & {
  email: string
  name: string | null
  appointer: string | null
}

/** Who has or had the role, those who were appointed first, first. */
export function listOperators(): Promise<ListedOperator[]> {
  const appointer = alias(users, 'appointer')
  return db()
    .select({
      userId: operators.userId,
      appointedAt: operators.appointedAt,
      appointedBy: operators.appointedBy,
      revokedAt: operators.revokedAt,
      email: users.email,
      name: users.name,
      appointer: appointer.email,
    })
    .from(operators)
    .innerJoin(users, eq(users.id, operators.userId))
    .leftJoin(appointer, eq(appointer.id, operators.appointedBy))
    .orderBy(asc(operators.appointedAt))
}

/** Whether this user has or had the role. */
export async function wasOperator(userId: UserId): Promise<boolean> {
  return (await db().$count(operators, eq(operators.userId, userId))) > 0
}

/** Gives the role to someone who never had it. False when they have or had it. */
export async function insertOperator(
  tx: Transaction,
  row: { userId: UserId; appointedBy: UserId | null },
): Promise<boolean> {
  const made = await tx.insert(operators).values(row).onConflictDoNothing().returning()
  return made.length === 1
}

/** Gives it back to someone from whom it was taken. False when they have it, or never had it. */
export async function reinstateOperator(
  tx: Transaction,
  { userId, appointedBy }: { userId: UserId; appointedBy: UserId },
): Promise<boolean> {
  const again = await tx
    .update(operators)
    .set({ appointedBy, appointedAt: sql`clock_timestamp()`, revokedAt: null })
    .where(and(eq(operators.userId, userId), sql`${operators.revokedAt} is not null`))
    .returning()
  return again.length === 1
}

/** Those who have the role, held until the transaction ends: of two who take it from each other one stays. */
export async function lockOperators(tx: Transaction): Promise<UserId[]> {
  const rows = await tx
    .select({ userId: operators.userId })
    .from(operators)
    .where(isNull(operators.revokedAt))
    .orderBy(asc(operators.userId))
    .for('update')
  return rows.map(({ userId }) => userId)
}

/** Takes the role back. */
export async function endOperator(tx: Transaction, userId: UserId): Promise<void> {
  await tx
    .update(operators)
    .set({ revokedAt: sql`clock_timestamp()` })
    .where(eq(operators.userId, userId))
}
