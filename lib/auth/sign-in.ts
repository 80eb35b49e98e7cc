import { AuthError } from 'next-auth'
import { findUserByEmail } from '@/db/queries/users'
import { env } from '@/lib/env'
import { Forbidden, NotFound, Unavailable } from '@/lib/errors'
import { listCapturedMail } from '@/lib/mail/captured'
import { normalizeEmail } from './email-address'
import { limitMail } from './limit-mail'
import { canSendLinks } from './magic-link'
import { nextAuth } from './next-auth'
import { safePath } from './safe-path'

/** Which ways in exist here. */
export function signInMethods(): { email: boolean; github: boolean; google: boolean } {
  const { github, google } = env().auth
  return { email: canSendLinks(), github: github !== null, google: google !== null }
}

/**
 * Sends a link that signs in whoever opens it, to an address known or not: the answer is the same.
 * `network` is where the request comes from; null when there is no telling.
 * @throws {Invalid | RateLimited | NotFound | Forbidden | Unavailable}
 */
export async function signInByEmail(
  email: string,
  returnTo: string,
  network: string | null,
): Promise<void> {
  const address = normalizeEmail(email)
  const user = await findUserByEmail(address)
  if (await limitMail(address, user?.id ?? null, network)) await requestLink(address, returnTo)
}

/** Goes to GitHub or Google and does not return: Next redirects by throwing. */
export async function signInWith(provider: 'github' | 'google', returnTo: string): Promise<never> {
  if (!signInMethods()[provider]) throw new NotFound(`Signing in with ${provider} is not set up.`)
  await orRefuse(() => nextAuth.signIn(provider, { redirectTo: safePath(returnTo) }))
  throw new Unavailable('The sign-in did not start. Try again.')
}

/**
 * Beside a sandbox only: asks for a link as anybody would, takes it out of the captured mail,
 * and answers the path that opens it.
 * @throws {NotFound} this is not a place for it
 */
export async function demoSignIn(email: string, returnTo = '/settings/billing'): Promise<string> {
  if (!env().showcase || env().email.server) throw new NotFound('There is no demo sign-in here.')
  const address = normalizeEmail(email)
  await requestLink(address, returnTo)
  const mail = (await listCapturedMail()).find(({ to, link }) => to === address && link)
  if (!mail?.link) throw new Unavailable('The sign-in mail was not captured. Try again.')
  return `/api/auth/callback/email${new URL(mail.link).search}`
}

async function requestLink(email: string, returnTo: string): Promise<void> {
  if (!canSendLinks()) throw new NotFound('Signing in by e-mail is not set up.')
  const redirectTo = safePath(returnTo)
  const next = await orRefuse(() =>
    nextAuth.signIn('email', { email, redirectTo, redirect: false }),
  )
  // What is not an AuthError comes back as the address of an error page.
  if (new URL(String(next), env().appUrl).searchParams.has('error')) {
    throw new Unavailable('The sign-in mail could not be sent. Try again in a moment.')
  }
}

async function orRefuse<T>(start: () => Promise<T>): Promise<T> {
  try {
    return await start()
  } catch (error) {
    // Anything else, such as Next's own redirect, must pass.
    if (!(error instanceof AuthError)) throw error
    if (error.type === 'AccessDenied') throw new Forbidden('That account may not sign in here.')
    throw new Unavailable('Signing in does not work right now. Try again in a moment.', {
      cause: error,
    })
  }
}
