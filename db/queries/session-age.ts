import { and, eq, gt, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { sessions } from '@/db/schema/auth'
import { hashOfSession } from './sessions'

/** Whether a session lives and began at most so many minutes ago, by the database's own clock. */
export async function beganWithin(sessionToken: string, minutes: number): Promise<boolean> {
  const now = sql`clock_timestamp()`
  const recent = and(
    eq(sessions.tokenHash, hashOfSession(sessionToken)),
    gt(sessions.expires, now),
    gt(sessions.createdAt, sql`${now} - make_interval(mins => ${minutes})`),
  )
  return (await db().$count(sessions, recent)) > 0
}
