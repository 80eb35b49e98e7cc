import { fileURLToPath } from 'node:url'
import type { NextConfig } from 'next'
import { SESSION_COOKIES } from './lib/auth/session-cookies'
import { contentPolicy } from './lib/requests/content-policy'
import { STRIPE_PAGES, type StripeUse } from './lib/requests/stripe-pages'

const root = fileURLToPath(new URL('.', import.meta.url))

// Next writes a page's data as inline scripts. The build names those of its own pages by their hashes
// (scripts/build/seal.ts); pages that are made for a request have a nonce (proxy.ts).
const inDevelopment = process.env.NODE_ENV === 'development'
const scripts = ["'unsafe-inline'", ...(inDevelopment ? ["'unsafe-eval'"] : [])]

const policyHeader = (use: StripeUse | null) => ({
  key: 'Content-Security-Policy',
  value: contentPolicy(scripts, use),
})

// A page that runs Stripe.js is made for its request, and has its policy from proxy.ts, but in development.
const stripePages = inDevelopment ? Object.entries(STRIPE_PAGES) : []

// Next holds the Origin of a form against the Host, which a proxy may have rewritten, and answers 500
// when they differ. What APP_URL names is ours in any case, and `app/action.ts` asks for no less.
const { APP_URL = '' } = process.env
const own = URL.canParse(APP_URL) ? [new URL(APP_URL)] : []

// What an image runs. `next start` serves no such build, so it is made only where it is asked for.
const standalone = process.env.BUILD_STANDALONE === '1' ? ({ output: 'standalone' } as const) : {}

// `npm test` has checked the types by then, and builds once: that halves what its build takes.
const checked = process.env.BUILD_CHECKED === '1'

export default {
  ...standalone,
  typescript: { ignoreBuildErrors: checked },
  typedRoutes: true,
  poweredByHeader: false,
  // Stripe counts a redirect as a failed delivery: no address of ours may answer with one of Next's own.
  skipTrailingSlashRedirect: true,
  reactStrictMode: true,
  experimental: {
    serverActions: { allowedOrigins: own.map(({ host }) => host) },
    turbopackFileSystemCacheForBuild: !checked,
    turbopackSourceMaps: !checked,
    // A server that is killed within seconds (tests/crash) answers two or three of its pages and routes.
    preloadEntriesOnStart: process.env.PRELOAD_ROUTES !== 'no',
  },
  // What the development server lets reload its pages, besides this machine.
  allowedDevOrigins: own.map(({ hostname }) => hostname),
  // A lockfile in a parent folder would otherwise move the root there.
  turbopack: { root },
  outputFileTracingRoot: root,
  // Only a visitor with a code or a session has a page made for them; everyone else has that of the build.
  rewrites: async () => ({
    beforeFiles: [
      { source: '/pricing', has: [{ type: 'query', key: 'code' }], destination: '/checkout/offer' },
      ...SESSION_COOKIES.map((key) => ({
        source: '/pricing',
        has: [{ type: 'cookie' as const, key }],
        destination: '/checkout/offer',
      })),
    ],
  }),
  headers: async () => [
    {
      // Without a name for the path: with one Next would write it into each of these, at each request. Not for
      // webhooks: Stripe reads the status of their answer, and no browser ever sees it.
      source: '/((?!api/webhooks/).*)',
      headers: [
        policyHeader(null),
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
        { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=()' },
        { key: 'Strict-Transport-Security', value: 'max-age=63072000; includeSubDomains' },
      ],
    },
    // A cache between us and a browser keeps the page for anyone apart from one with a session.
    { source: '/pricing', headers: [{ key: 'Vary', value: 'Cookie' }] },
    ...stripePages.map(([source, use]) => ({ source, headers: [policyHeader(use)] })),
    // Their addresses carry the id of a Checkout session or a client secret, which are no one else's business.
    // One entry, because Next holds every entry against the path of each request.
    {
      source: '/(checkout/return|checkout/pay|settings/billing/payment-method|sign-in/link)',
      headers: [{ key: 'Referrer-Policy', value: 'same-origin' }],
    },
  ],
} satisfies NextConfig
