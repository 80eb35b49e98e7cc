import 'server-only'
import { after } from 'next/server'
import { cache } from 'react'
import { requireUser } from '@/lib/auth/session'
import type { Feature } from '@/lib/catalog/features'
import { allows } from '@/lib/entitlements/answer'
import { inOneRequest } from '@/lib/entitlements/memo'
import { entitlements } from '@/lib/entitlements/read'

/**
 * For server components: what the workspace of the signed-in user may use. It is read once for a page,
 * however many of its components ask.
 * @throws {Unauthenticated} the visitor is not signed in
 * @throws {Unavailable} our records cannot be reached: inside of `inTime` the page says so
 */
export const accessHere = cache(async () => {
  const { actor } = await requireUser()
  return inOneRequest(() => entitlements(actor.workspaceId), after)
})

/** For server components: whether the workspace of the signed-in user may use a feature. It throws the same. */
export async function canHere(feature: Feature): Promise<boolean> {
  return allows(await accessHere(), feature)
}
