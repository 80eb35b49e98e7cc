import { BRAND } from '@/lib/brand'
import 'server-only'
import Stripe from 'stripe'
import { env } from '@/lib/env'
import { pastSpan } from '@/lib/span'

/** The one client of this process, made at the first call so that a build needs no key. */
export function stripeClient(): Stripe {
  client ??= connect(env().stripe)
  return client
}

let client: Stripe | undefined

/** Another client instead, from now on: that of a Stripe that lives in this process and has no socket. */
export function replaceStripeClient(other: Stripe): void {
  client = other
}

/** `apiBase` points at a sandbox; without it every request goes to Stripe. */
export function connect({
  secretKey,
  apiBase,
}: {
  secretKey: string
  apiBase: URL | null
}): Stripe {
  if (apiBase && !/^(sk|rk|rkcs)_test_/.test(secretKey)) {
    throw new Error('Only a test key may be used with STRIPE_API_BASE: remove one of the two.')
  }
  const stripe = new Stripe(secretKey, {
    telemetry: false,
    // A person is waiting, and a function has a limit: two tries of eight seconds at most.
    timeout: 8000,
    maxNetworkRetries: 1,
    appInfo: { name: BRAND.name, version: '0.1.0' },
    ...(apiBase ? hostOf(apiBase) : {}),
  })
  stripe.on('response', record)
  return stripe
}

// Each call and each of its retries, by the id under which Stripe's dashboard shows it.
function record(call: Stripe.ResponseEvent): void {
  const { method, path, status, request_id, request_start_time: from, request_end_time: to } = call
  const [place = ''] = path.split('?')
  const ids = { 'http.request.method': method, 'url.path': place, 'stripe.request_id': request_id }
  pastSpan('stripe.request', { ...ids, 'http.response.status_code': status }, from, to)
}

// The SDK wants the three apart, and takes 443 for the port even when the protocol is http.
function hostOf(base: URL) {
  const secure = base.protocol === 'https:'
  return {
    host: base.hostname.replace(/^\[|\]$/g, ''),
    port: base.port || (secure ? 443 : 80),
    protocol: secure ? ('https' as const) : ('http' as const),
  }
}
