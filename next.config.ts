import { fileURLToPath } from 'node:url'
import type { NextConfig } from 'next'

const root = fileURLToPath(new URL('.', import.meta.url))

// Chromium holds a form's redirect to this list, so it names where forms end: at Stripe, at GitHub or
// Google for signing in and, outside of a production build, at a sandbox on this machine.
const production = process.env.VERCEL_ENV === 'production' || process.env.APP_ENV === 'production'
const sandbox = production ? '' : ' http://127.0.0.1:* http://localhost:*'
const hosts =
  'https://checkout.stripe.com https://billing.stripe.com https://github.com https://accounts.google.com'
const formAction = `'self' ${hosts}${sandbox}`

// No Stripe script on any page: hosted Checkout and the portal are pages of Stripe's own.
// Next writes a page's data as inline scripts; a nonce for them would make every page dynamic.
const development = process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : ''
const contentSecurityPolicy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${development}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "frame-ancestors 'none'",
  `form-action ${formAction}`,
].join('; ')

// Next holds the Origin of a form against the Host, which a proxy may have rewritten, and answers 500
// when they differ. What APP_URL names is ours in any case, and `app/action.ts` asks for no less.
const { APP_URL = '' } = process.env
const own = URL.canParse(APP_URL) ? [new URL(APP_URL)] : []

export default {
  typedRoutes: true,
  poweredByHeader: false,
  // Stripe counts a redirect as a failed delivery: no address of ours may answer with one of Next's own.
  skipTrailingSlashRedirect: true,
  reactStrictMode: true,
  experimental: { serverActions: { allowedOrigins: own.map(({ host }) => host) } },
  // What the development server lets reload its pages, besides this machine.
  allowedDevOrigins: own.map(({ hostname }) => hostname),
  // A lockfile in a parent folder would otherwise move the root there.
  turbopack: { root },
  outputFileTracingRoot: root,
  headers: async () => [
    {
      source: '/:path*',
      headers: [
        { key: 'Content-Security-Policy', value: contentSecurityPolicy },
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
        { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=()' },
        { key: 'Strict-Transport-Security', value: 'max-age=63072000; includeSubDomains' },
      ],
    },
    // Its address carries a Checkout session's id, which is nobody else's business.
    { source: '/checkout/return', headers: [{ key: 'Referrer-Policy', value: 'same-origin' }] },
    { source: '/sign-in/link', headers: [{ key: 'Referrer-Policy', value: 'same-origin' }] },
  ],
} satisfies NextConfig
