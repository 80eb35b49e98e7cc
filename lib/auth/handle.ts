import type { NextRequest } from 'next/server'
import { deleteSession } from '@/db/queries/sessions'
import { env } from '@/lib/env'
import { askedRequest } from './asked-request'
import { callbackUrlCookieName, sessionCookieName } from './cookie-names'
import { magicLink } from './magic-link'
import { authFailureOf, nextAuth } from './next-auth'
import { noteNetwork } from './note-network'
import { safePath } from './safe-path'
import { isProvider, isSignInMethod, signInMethods } from './sign-in-methods'

/**
 * Answers `/api/auth/*`, as if asked at APP_URL: a forged Host changes no link and no cookie.
 * `network` is where the request comes from, as the rate limits see it; null when it cannot be known.
 */
export async function handleAuthRequest(
  request: NextRequest,
  network: string | null,
): Promise<Response> {
  const { pathname, search } = request.nextUrl
  // As next-auth reads a path: empty parts do not count.
  const [action = '', provider = '', ...rest] = pathname.split('/').filter(Boolean).slice(2)
  if (!ACTIONS.has(action) || rest.length > 0 || !isSetUp(provider)) {
    return new Response(null, { status: 404 })
  }
  // Next answers a HEAD as a GET, which would use a link up.
  if (request.method !== 'GET')
    return new Response(null, { status: 405, headers: { allow: 'GET' } })
  if (provider === magicLink.id && cameFromElsewhere(request)) return askForPress(search)
  const asked = askedRequest(request, action)
  const response = await nextAuth.handlers.GET(asked)
  await replaceSession(request, response, network)
  return isProvider(provider) ? explain(request, response, authFailureOf(asked)) : response
}

// What next-auth answers to a GET. To anything else it would answer with a line in the log.
const ACTIONS = new Set([
  ...['callback', 'csrf', 'error', 'providers', 'session', 'signin', 'signout', 'verify-request'],
])

function isSetUp(provider: string): boolean {
  return provider === '' || (isSignInMethod(provider) && signInMethods()[provider])
}

// Otherwise any site could sign its visitors in to another account, with a link of its own.
// Browsers have sent the header since 2023; one that does not is let through.
function cameFromElsewhere(request: NextRequest): boolean {
  return (request.headers.get('sec-fetch-site') ?? 'same-origin') !== 'same-origin'
}

function askForPress(search: string): Response {
  const location = new URL(`/sign-in/link${search}`, env().appUrl).href
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } })
}

// next-auth leaves the row of the session that a new one replaces; a copy of its cookie would work on.
async function replaceSession(
  request: NextRequest,
  response: Response,
  network: string | null,
): Promise<void> {
  const name = sessionCookieName()
  const before = request.cookies.get(name)?.value
  const line = response.headers.getSetCookie().find((cookie) => cookie.startsWith(`${name}=`))
  const after = line?.slice(name.length + 1).split(';', 1)[0]
  if (!after || after === before) return
  if (before) await deleteSession(before)
  if (network) await noteNetwork(after, network)
}

// A state that is over or of another browser, and a provider that does not answer: next-auth's word for
// them is "Configuration", which says nothing to a user. The user tries again.
const UNFINISHED = new Set(['InvalidCheck', 'CallbackRouteError'])

// Back from GitHub or Google without a session: the sign-in page says why, and still knows where to go.
function explain(request: NextRequest, response: Response, failure: string | undefined): Response {
  const location = new URL(response.headers.get('location') ?? '', env().appUrl)
  const error = location.searchParams.get('error')
  if (location.pathname !== '/sign-in' || !error) return response
  if (failure && UNFINISHED.has(failure)) location.searchParams.set('error', 'OAuthCallbackError')
  const asked = request.cookies.get(callbackUrlCookieName())?.value
  const { appUrl } = env()
  if (asked?.startsWith(`${appUrl}/`)) {
    location.searchParams.set('return', safePath(asked.slice(appUrl.length)))
  }
  const headers = new Headers(response.headers)
  headers.set('location', location.href)
  return new Response(null, { status: response.status, headers })
}
