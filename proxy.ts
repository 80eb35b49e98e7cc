import { createHash, randomBytes } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'
import { refusalCookieName, typedCookieName } from '@/app/refusal-cookie'
import { THEME_SCRIPT } from '@/app/theme-script'
import { contentPolicy } from '@/lib/requests/content-policy'
import { stripeUseAt } from '@/lib/requests/stripe-pages'

// The layout's own script, which knows of no request and so of no nonce.
const THEME = `'sha256-${createHash('sha256').update(THEME_SCRIPT).digest('base64')}'`

/**
 * Gives a page that is made for its request a policy of its own: its inline scripts carry a nonce,
 * which Next finds in the request's header. Pages of the build have hashes instead, in next.config.ts.
 */
export function proxy(request: NextRequest): NextResponse {
  const response = withPolicy(request)
  forgetRefusal(request, response)
  return response
}

function withPolicy(request: NextRequest): NextResponse {
  // What `next dev` writes into a page carries no nonce.
  if (process.env.NODE_ENV === 'development') return NextResponse.next()
  const scripts = [`'nonce-${randomBytes(16).toString('base64')}'`, THEME]
  const policy = contentPolicy(scripts, stripeUseAt(request.nextUrl.pathname))
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

// A page may not touch cookies, so what this one is about to say for the first and last time is taken away here.
// As a header by itself: what `response.cookies` sets, Next would hide from the page already.
function forgetRefusal(request: NextRequest, response: NextResponse): void {
  const ref = request.nextUrl.searchParams.get('ref')
  // The name follows APP_URL, which a deployment that is being set up may not have.
  if (ref === null || request.method !== 'GET') return
  for (const name of [refusalCookieName(ref), typedCookieName(ref)]) {
    if (!request.cookies.has(name)) continue
    const secure = name.startsWith('__Host-') ? '; Secure' : ''
    response.headers.append(
      'set-cookie',
      `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${secure}`,
    )
  }
}

// Wherever pages are dynamic. What the router asks for by itself is no document.
export const config = {
  matcher: [
    {
      source:
        '/:folder(checkout|console|dev|emails|outdated|reports|settings|setup|sign-in)/:path*',
      missing: [{ type: 'header', key: 'rsc' }],
    },
    // With a promotion code or a session it is another page: next.config.ts.
    {
      source: '/pricing',
      has: [{ type: 'query', key: 'code' }],
      missing: [{ type: 'header', key: 'rsc' }],
    },
    {
      source: '/pricing',
      has: [{ type: 'cookie', key: 'authjs.session-token' }],
      missing: [{ type: 'header', key: 'rsc' }],
    },
    {
      source: '/pricing',
      has: [{ type: 'cookie', key: '__Host-authjs.session-token' }],
      missing: [{ type: 'header', key: 'rsc' }],
    },
  ],
}
