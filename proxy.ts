import { createHash, randomBytes } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'
import { THEME_SCRIPT } from '@/app/theme-script'
import { contentPolicy } from '@/lib/requests/content-policy'

// The layout's own script, which knows of no request and so of no nonce.
const THEME = `'sha256-${createHash('sha256').update(THEME_SCRIPT).digest('base64')}'`

/**
 * Gives a page that is made for its request a policy of its own: its inline scripts carry a nonce,
 * which Next finds in the request's header. Pages of the build have hashes instead, in next.config.ts.
 */
export function proxy(request: NextRequest): NextResponse {
  // What `next dev` writes into a page carries no nonce.
  if (process.env.NODE_ENV === 'development') return NextResponse.next()
  const policy = contentPolicy([`'nonce-${randomBytes(16).toString('base64')}'`, THEME])
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

// Wherever pages are dynamic. What the router asks for by itself is no document.
export const config = {
  matcher: [
    {
      source: '/:folder(checkout|console|dev|settings|sign-in)/:path*',
      missing: [{ type: 'header', key: 'rsc' }],
    },
  ],
}
