import { NextRequest } from 'next/server'
import { env } from '@/lib/env'
import { callbackUrlCookieName, sessionCookieName } from './cookie-names'
import { ownUrl } from './own-url'

/**
 * A request as next-auth gets to see it: asked at APP_URL, and without what it must not know.
 *
 * It adds a new identity to the user who is signed in; a callback that another site prepared would add the
 * attacker's to the visitor's account. So only what asks for the session shows one.
 *
 * next-auth takes a return address that it cannot read for a mistake in our configuration, and answers 500.
 */
export function askedRequest(request: NextRequest, action: string): NextRequest {
  const { pathname, search } = request.nextUrl
  const url = new URL(pathname + search, env().appUrl)
  const returnTo = url.searchParams.get('callbackUrl')
  if (returnTo !== null) url.searchParams.set('callbackUrl', ownUrl(returnTo))
  const headers = new Headers(request.headers)
  const shown = (headers.get('cookie') ?? '')
    .split(';')
    .filter((pair) => (action === 'session' || !isSession(pair)) && !isBadReturn(pair))
  headers.set('cookie', shown.join(';'))
  return new NextRequest(url, { headers })
}

// next-auth puts a session together from every cookie whose name begins so.
function isSession(pair: string): boolean {
  return pair.trimStart().startsWith(sessionCookieName())
}

function isBadReturn(pair: string): boolean {
  const [name, value = ''] = pair.trimStart().split('=', 2)
  return name?.trimEnd() === callbackUrlCookieName() && !isReturn(value)
}

/** Whether a cookie's value is an address to return to as next-auth writes it. */
function isReturn(value: string): boolean {
  try {
    return decodeURIComponent(value).startsWith(`${env().appUrl}/`)
  } catch {
    return false
  }
}
