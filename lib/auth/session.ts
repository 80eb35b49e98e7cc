import { cookies } from 'next/headers'
import { cache } from 'react'
import { findSessionUser, type SessionUser } from '@/db/queries/sessions'
import { type UserActor, userActor } from '@/lib/audit/actor'
import { Unauthenticated } from '@/lib/errors'
import { personalWorkspaceOf } from '@/lib/workspaces/personal'
import { sessionCookieName } from './cookie-names'

export type CurrentUser = SessionUser & {
  /** The user as an actor for a workspace, which is their own while no page shows a team. */
  actor: UserActor
}

/**
 * The signed-in user, or null; read once per request, however many components need it.
 * next-auth's own reader answers null when the database is down, which would show an outage as
 * being signed out: this one throws.
 */
export const currentUser = cache(async (): Promise<CurrentUser | null> => {
  const token = await sessionToken()
  const user = token && (await findSessionUser(token))
  return user ? { ...user, actor: userActor(user.id, personalWorkspaceOf(user.id)) } : null
})

/** The key to this browser's session, whether it opens one or not. */
export async function sessionToken(): Promise<string | null> {
  return (await cookies()).get(sessionCookieName())?.value || null
}

/** @throws {Unauthenticated} the visitor is not signed in */
export async function requireUser(): Promise<CurrentUser> {
  const user = await currentUser()
  if (!user) throw new Unauthenticated('signed_out')
  return user
}
