import { and, eq, gt } from 'drizzle-orm'
import { db } from '@/db/client'
import { sessions, users } from '@/db/schema/auth'
import type { UserId } from '@/lib/ids'

export type SessionUser = { id: UserId; email: string; name: string | null }

/** Whose session this is, while it lasts; null for one that ended or never was. */
export async function findSessionUser(sessionToken: string): Promise<SessionUser | null> {
  const [row] = await db()
    .select({ id: users.id, email: users.email, name: users.name })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.sessionToken, sessionToken), gt(sessions.expires, new Date())))
  return row ?? null
}
