import { cache } from 'react'
import { Unauthenticated } from '@/lib/errors'
import type { UserId } from '@/lib/ids'
import { nextAuth } from './next-auth'

export type CurrentUser = { id: UserId; email: string; name: string | null }

/** Who is signed in, or null; asked once per request, however many components want to know. */
export const currentUser = cache(async (): Promise<CurrentUser | null> => {
  const session = await nextAuth.auth()
  const { id, email, name } = session?.user ?? {}
  return id && email ? { id, email, name: name ?? null } : null
})

/** @throws {Unauthenticated} nobody is signed in */
export async function requireUser(): Promise<CurrentUser> {
  const user = await currentUser()
  if (!user) throw new Unauthenticated('Sign in first.')
  return user
}
