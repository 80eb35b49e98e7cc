import 'server-only'
import { randomBytes } from 'node:crypto'
import NextAuth, { AuthError, type NextAuthConfig } from 'next-auth'
import { env } from '@/lib/env'
import { authAdapter } from './adapter'
import { admit } from './admit'
import { canSendLinks } from './can-send-links'
import { authCookies } from './cookie-names'
import { github } from './github'
import { google } from './google'
import { magicLink } from './magic-link'
import { ownUrl } from './own-url'
import { reportAuthFailure, reportAuthWarning } from './report-failure'

/** next-auth, set up at the first request, so that a build needs no secret. */
export const nextAuth = NextAuth((request) => config(request))

/** The kind of what went wrong while next-auth answered a request; undefined when nothing did. */
export function authFailureOf(request: Request): string | undefined {
  return failures.get(request)
}

const failures = new WeakMap<Request, string>()

function config(request: Request | undefined): NextAuthConfig {
  const { appUrl, auth } = env()
  return {
    secret: auth.secret,
    // The host that is trusted is APP_URL's: `handle.ts` puts it in place of the request's.
    trustHost: true,
    useSecureCookies: appUrl.startsWith('https:'),
    cookies: authCookies(),
    adapter: authAdapter(),
    // Days: thirty without a visit, and a session is over; looked at anew once a day.
    session: {
      strategy: 'database',
      maxAge: 30 * 86_400,
      updateAge: 86_400,
      generateSessionToken: () => randomBytes(32).toString('base64url'),
    },
    pages: PAGES,
    providers: providers(),
    callbacks: { signIn: admit, redirect: stayHere, session: withoutToken },
    logger: {
      error: (error) => {
        if (request) failures.set(request, error instanceof AuthError ? error.type : error.name)
        reportAuthFailure(error)
      },
      warn: reportAuthWarning,
      debug: () => {},
    },
  }
}

// Signing out is a form of our own: next-auth's page has a button that posts to where we take no POST.
const PAGES = {
  signIn: '/sign-in',
  error: '/sign-in',
  verifyRequest: '/sign-in',
  signOut: '/settings/billing',
}

function providers(): NextAuthConfig['providers'] {
  const { github: gitHubApp, google: googleApp } = env().auth
  return [
    ...(canSendLinks() ? [magicLink] : []),
    ...(gitHubApp ? [github(gitHubApp)] : []),
    ...(googleApp ? [google(googleApp)] : []),
  ]
}

type Callbacks = NonNullable<NextAuthConfig['callbacks']>

const stayHere: NonNullable<Callbacks['redirect']> = ({ url }) => ownUrl(url)

// Any script on the page can read what /api/auth/session answers: never the token, which next-auth's
// row of a session carries along.
const withoutToken: NonNullable<Callbacks['session']> = ({ session, user }) => ({
  expires: new Date(session.expires).toISOString(),
  user: { id: user.id, email: user.email, name: user.name ?? null },
})
