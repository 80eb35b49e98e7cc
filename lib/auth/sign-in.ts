import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { AuthError } from 'next-auth'
import { listAccounts } from '@/db/queries/accounts'
import { findUserByEmail } from '@/db/queries/users'
import { env } from '@/lib/env'
import { BillingError, Forbidden, NotFound, Unavailable } from '@/lib/errors'
import { listCapturedMail } from '@/lib/mail/captured'
import { canSendLinks } from './can-send-links'
import { callbackUrlCookieName } from './cookie-names'
import { normalizeEmail } from './email-address'
import { limitMail } from './limit-mail'
import { mailLinksAreOff } from './links-are-off'
import { nextAuth } from './next-auth'
import { safePath } from './safe-path'
import { openMethods, type Provider, type SignInMethod, signInMethods } from './sign-in-methods'

/**
 * Sends a link that signs in the user who opens it, to an address known or not: the answer is the same.
 * `network` is where the request comes from; null when it cannot be known.
 * @throws {Invalid | RateLimited | NotFound | Forbidden | Unavailable}
 */
export async function signInByEmail(
  email: string,
  returnTo: string,
  network: string | null,
): Promise<void> {
  const address = normalizeEmail(email)
  if (!canSendLinks()) throw new NotFound('email_sign_in_off')
  const user = await findUserByEmail(address)
  if (!(await limitMail(address, user?.id ?? null, network))) return
  const methods = user ? openMethods(user, await listAccounts(user.id)) : null
  if (methods && !methods.includes('email')) return mailLinksAreOff(address, methods)
  await requestLink(address, returnTo)
}

/** Goes to GitHub or Google and does not return: Next redirects by throwing. */
export async function signInWith(provider: Provider, returnTo: string): Promise<never> {
  if (!signInMethods()[provider]) throw new NotFound(`${provider}_off`)
  const to = await start(provider, { redirectTo: safePath(returnTo) })
  // What next-auth refuses without an error comes back as an address of its own.
  if (to.origin === env().appUrl) await startAfresh('other_site_away')
  // Theirs: typed routes know only ours.
  redirect(to.href as never)
}

/**
 * Beside a sandbox only: asks for a link as any visitor would, takes it out of the captured mail,
 * and answers the path that opens it.
 * @throws {NotFound} this is not a place for it
 */
export async function demoSignIn(email: string, returnTo = '/settings/billing'): Promise<string> {
  if (!env().devTools || env().email.server) throw new NotFound('demo_off')
  const address = normalizeEmail(email)
  await requestLink(address, returnTo)
  const mail = (await listCapturedMail()).find(({ to, link }) => to === address && link)
  if (!mail?.link) throw new Unavailable('demo_mail_away')
  return `/api/auth/callback/email${new URL(mail.link).search}`
}

async function requestLink(email: string, returnTo: string): Promise<void> {
  const to = await start('email', { email, redirectTo: safePath(returnTo) })
  if (!to.pathname.endsWith('/verify-request')) await startAfresh('sign_in_away')
}

async function start(method: SignInMethod, options: Record<string, string>): Promise<URL> {
  try {
    const to: unknown = await nextAuth.signIn(method, { ...options, redirect: false })
    return new URL(String(to), env().appUrl)
  } catch (error) {
    if (!(error instanceof AuthError)) throw error
    const own = ownError(error)
    if (own) throw own
    if (error.type === 'AccessDenied') throw new Forbidden('account_may_not_sign_in')
    throw new Unavailable('sign_in_away', { cause: error })
  }
}

// next-auth wraps what our own code threw, and that says better what is away.
function ownError({ cause }: AuthError): BillingError | null {
  if (cause?.err instanceof BillingError) return cause.err
  return cause?.err instanceof AuthError ? ownError(cause.err) : null
}

// next-auth takes a broken cookie of its own for a mistake of ours, and starts nothing. Without it, the
// next try begins as the first one.
async function startAfresh(reason: 'other_site_away' | 'sign_in_away'): Promise<never> {
  ;(await cookies()).set(callbackUrlCookieName(), '', {
    path: '/',
    maxAge: 0,
    secure: env().appUrl.startsWith('https:'),
  })
  throw new Unavailable(reason)
}
