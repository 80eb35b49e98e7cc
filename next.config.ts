import { fileURLToPath } from 'node:url'
import type { NextConfig } from 'next'
import { contentPolicy } from './lib/requests/content-policy'

const root = fileURLToPath(new URL('.', import.meta.url))

// Next writes a page's data as inline scripts. The build names those of its own pages by their hashes
// (scripts/build/seal.ts); pages that are made for a request have a nonce (proxy.ts).
const contentSecurityPolicy = contentPolicy([
  "'unsafe-inline'",
  ...(process.env.NODE_ENV === 'development' ? ["'unsafe-eval'"] : []),
])

// Next holds the Origin of a form against the Host, which a proxy may have rewritten, and answers 500
// when they differ. What APP_URL names is ours in any case, and `app/action.ts` asks for no less.
const { APP_URL = '' } = process.env
const own = URL.canParse(APP_URL) ? [new URL(APP_URL)] : []

// What an image runs. `next start` serves no such build, so it is made only where it is asked for.
const standalone = process.env.BUILD_STANDALONE === '1' ? ({ output: 'standalone' } as const) : {}

export default {
  ...standalone,
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
