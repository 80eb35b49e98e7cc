import { NextRequest } from 'next/server'
import { deleteSession } from '@/db/queries/sign-ins'
import { env } from '@/lib/env'
import { magicLink } from './magic-link'
import { nextAuth } from './next-auth'
import { noteNetwork } from './note-network'
import { sessionCookieName } from './session-cookie'

/**
 * Answers `/api/auth/*`, as if asked at APP_URL: a forged Host changes no link and no cookie.
 * `network` is where the request comes from, as the rate limits see it; null when there is no telling.
 */
export async function handleAuthRequest(
  request: NextRequest,
  network: string | null,
): Promise<Response> {
  const { pathname, search } = request.nextUrl
  if (usesLink(pathname) && cameFromElsewhere(request)) return askForPress(search)
  const asked = new NextRequest(new URL(pathname + search, env().appUrl), request)
  const response = await nextAuth.handlers.GET(asked)
  await replaceSession(request, response, network)
  return response
}

// As next-auth reads a path: the last part names the provider, and empty parts do not count.
function usesLink(pathname: string): boolean {
  return pathname.split('/').filter(Boolean).at(-1) === magicLink.id
}

// Otherwise any site could sign its visitors in as somebody else, with a link of its own account.
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
