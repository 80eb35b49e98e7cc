import { nextAuth } from './next-auth'

/** Ends this browser's session for good: its row goes with the cookie. */
export async function signOutEverywhereHere(): Promise<void> {
  await nextAuth.signOut({ redirect: false })
}
