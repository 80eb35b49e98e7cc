import { env } from '@/lib/env'
import { SESSION_COOKIE } from './session-cookies'

/**
 * The name of a cookie of ours. With `__Host-` a browser takes it over https from this very host alone:
 * a page on a sibling sub-domain can plant none. Browsers refuse such a name from plain http, so
 * localhost does without.
 */
export function cookieName(name: string): string {
  return `${env().appUrl.startsWith('https:') ? '__Host-' : ''}${name}`
}

/** The cookie whose value is the key to a session. */
export function sessionCookieName(): string {
  return cookieName(SESSION_COOKIE)
}

/** The cookie in which next-auth keeps where a sign-in leads. */
export function callbackUrlCookieName(): string {
  return cookieName('authjs.callback-url')
}

/** next-auth's cookies by its own keys; by itself it gives `__Host-` to one of them only. */
export function authCookies() {
  return {
    sessionToken: { name: sessionCookieName() },
    callbackUrl: { name: callbackUrlCookieName() },
    csrfToken: { name: cookieName('authjs.csrf-token') },
    pkceCodeVerifier: { name: cookieName('authjs.pkce.code_verifier') },
    state: { name: cookieName('authjs.state') },
    nonce: { name: cookieName('authjs.nonce') },
    webauthnChallenge: { name: cookieName('authjs.challenge') },
  }
}
