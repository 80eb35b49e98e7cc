import { fileURLToPath } from 'node:url'
import type { NextConfig } from 'next'

const root = fileURLToPath(new URL('.', import.meta.url))

// Chromium holds a form's redirect to this list, so it names where Upgrade and Manage billing end:
// at Stripe or, outside of a production deployment, at a sandbox on this machine.
const sandbox =
  process.env.VERCEL_ENV === 'production' ? '' : ' http://127.0.0.1:* http://localhost:*'
const formAction = `'self' https://checkout.stripe.com https://billing.stripe.com${sandbox}`

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

export default {
  typedRoutes: true,
  poweredByHeader: false,
  reactStrictMode: true,
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
    { source: '/checkout/return', headers: [{ key: 'Referrer-Policy', value: 'no-referrer' }] },
    { source: '/sign-in/link', headers: [{ key: 'Referrer-Policy', value: 'no-referrer' }] },
  ],
} satisfies NextConfig
