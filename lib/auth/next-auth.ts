import 'server-only'
import NextAuth, { type NextAuthConfig } from 'next-auth'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { authAdapter } from './adapter'
import { authFailureText } from './failure-text'
import { github } from './github'
import { google } from './google'
import { canSendLinks, magicLink } from './magic-link'
import { safePath } from './safe-path'

/** next-auth, set up at the first request, so that a build needs no secret. */
export const nextAuth = NextAuth(() => config())

function config(): NextAuthConfig {
  const { appUrl, auth } = env()
  return {
    secret: auth.secret,
    // The host that is trusted is APP_URL's: `handle.ts` puts it in place of the request's.
    trustHost: true,
    useSecureCookies: appUrl.startsWith('https://'),
    adapter: authAdapter(),
    // Days: thirty without a visit, and a session is over; looked at anew once a day.
    session: { strategy: 'database', maxAge: 30 * 86_400, updateAge: 86_400 },
    pages: PAGES,
    providers: providers(),
    callbacks: { signIn: isVerified, redirect: stayHere, session: withoutToken },
    logger: {
      error: (error) => log.error({ error: authFailureText(error) }, 'sign-in failed'),
      warn: (code) => log.warn({ code }, 'next-auth warns'),
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

// The other site's profile has an address only if that site has checked it.
const isVerified: NonNullable<Callbacks['signIn']> = ({ user }) => Boolean(user.email)

const stayHere: NonNullable<Callbacks['redirect']> = ({ url }) => {
  const { appUrl } = env()
  return appUrl + safePath(url.startsWith(`${appUrl}/`) ? url.slice(appUrl.length) : url)
}

// Anybody's script can read what /api/auth/session answers: never the token, which next-auth's
// row of a session carries along.
const withoutToken: NonNullable<Callbacks['session']> = ({ session, user }) => ({
  expires: new Date(session.expires).toISOString(),
  user: { id: user.id, email: user.email, name: user.name ?? null },
})
