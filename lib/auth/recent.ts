import { beganWithin } from '@/db/queries/session-age'
import { Forbidden } from '@/lib/errors'
import { sessionToken } from './session'

/**
 * Minutes. Long enough to read a page and to work through a case, short enough that a browser left
 * open does nothing.
 */
export const RECENT = 30

/** Whether the user who is signed in here did so a moment ago. */
export async function signedInRecently(): Promise<boolean> {
  const token = await sessionToken()
  return token !== null && (await beganWithin(token, RECENT))
}

/**
 * For what cannot be undone.
 * @throws {Forbidden} they signed in longer ago
 */
export async function requireRecentSignIn(): Promise<void> {
  if (!(await signedInRecently())) throw new Forbidden('sign_in_again')
}
