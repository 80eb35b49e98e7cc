import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { insertSession } from '@/db/queries/sessions'
import { sessions } from '@/db/schema/auth'
import { operators } from '@/db/schema/operators'
import type { UserId } from '@/lib/ids'
import { someone } from '@/lib/workspaces/someone.fixture'

/** A user who is signed in, with the cookie's value of their session. */
export async function signedIn() {
  const one = await someone()
  return { ...one, token: await newSession(one.userId) }
}

/** An operator who is signed in; `minutesAgo`: when they did. */
export async function signedInOperator({ minutesAgo = 0 } = {}) {
  const one = await signedIn()
  await db().insert(operators).values({ userId: one.userId })
  if (minutesAgo > 0) {
    await db()
      .update(sessions)
      .set({ createdAt: new Date(Date.now() - minutesAgo * 60_000) })
      .where(eq(sessions.userId, one.userId))
  }
  return one
}

/** Someone who was an operator, and is signed in as before. */
export async function revokedOperator() {
  const one = await signedInOperator()
  await db()
    .update(operators)
    .set({ revokedAt: new Date() })
    .where(eq(operators.userId, one.userId))
  return one
}

async function newSession(userId: UserId): Promise<string> {
  const sessionToken = randomBytes(32).toString('base64url')
  await insertSession({ sessionToken, userId, expires: new Date(Date.now() + 86_400_000) })
  return sessionToken
}
