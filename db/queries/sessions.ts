import { createHash } from 'node:crypto'
import { and, eq, gt, lt, ne, sql } from 'drizzle-orm'
import { db, type Transaction } from '@/db/client'
import { millisecondsUntil, onDatabaseClock, onOurClock } from '@/db/clocks'
import { sessions, users } from '@/db/schema/auth'
import type { UserId } from '@/lib/ids'

// Every function here takes the cookie's value and stores or looks for its hash, so that no caller can
// forget to. A hash without a key will do: the value is random, and as long as the hash.
export const hashOfSession = (token: string) => createHash('sha256').update(token).digest('hex')

// A server whose clock is wrong ends no session.
const NOW = sql`clock_timestamp()`

export type SessionUser = { id: UserId; email: string; name: string | null }
export type Session = { sessionToken: string; userId: UserId; expires: Date }

/** The user of this session, while it lasts; null for one that ended or never existed. */
export async function findSessionUser(sessionToken: string): Promise<SessionUser | null> {
  const [row] = await db()
    .select({ id: users.id, email: users.email, name: users.name })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.tokenHash, hashOfSession(sessionToken)), gt(sessions.expires, NOW)))
  return row ?? null
}

/** The session and its user, also after its end: next-auth looks at the end itself, by the clock of this process. */
export async function findSession(sessionToken: string) {
  const [row] = await db()
    .select({ user: users, left: millisecondsUntil(sessions.expires) })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(sessions.tokenHash, hashOfSession(sessionToken)))
  if (!row) return null
  const { user, left } = row
  return { user, session: { sessionToken, userId: user.id, expires: onOurClock(left) } }
}

/** Begins a session, and removes those that are over. */
export async function insertSession(session: Session): Promise<Session> {
  const { sessionToken, userId, expires } = session
  await db().delete(sessions).where(lt(sessions.expires, NOW))
  await db()
    .insert(sessions)
    .values({ tokenHash: hashOfSession(sessionToken), userId, expires: onDatabaseClock(expires) })
  return session
}

/** Moves the end of a session; null when there is no such session any more. */
export async function prolongSession(sessionToken: string, expires: Date): Promise<Session | null> {
  const [row] = await db()
    .update(sessions)
    .set({ expires: onDatabaseClock(expires) })
    .where(eq(sessions.tokenHash, hashOfSession(sessionToken)))
    .returning()
  return row ? { sessionToken, userId: row.userId, expires } : null
}

/** Ends a session; nothing when there is none. */
export async function deleteSession(sessionToken: string): Promise<void> {
  await db()
    .delete(sessions)
    .where(eq(sessions.tokenHash, hashOfSession(sessionToken)))
}

/** Ends every session of a user but one, and answers how many there were. */
export async function deleteOtherSessions(
  tx: Transaction,
  userId: UserId,
  kept: string,
): Promise<number> {
  const ended = await tx
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), ne(sessions.tokenHash, hashOfSession(kept))))
    .returning({ userId: sessions.userId })
  return ended.length
}
