import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { BRAND } from '@/lib/brand'

/** The ways in which Stripe is known to fail a read. */
export const STRIPE_FAILURES = ['429', '500', '503', 'reset', 'half a body', 'no JSON'] as const

/**
 * A Stripe that shows what the test says and fails when the test says so, for the real SDK to read.
 * Its clock stands still at `now`, so that two runs of one script end with the same records.
 */
export async function startScriptedStripe(now = Math.floor(Date.now() / 1000)) {
  const shown = new Map<string, object[]>()
  let failure: (typeof STRIPE_FAILURES)[number] | null = null
  let reads = 0
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://stripe.test')
    if (pathname === '/_sandbox/health') return send(response, 200, { now })
    reads += 1
    if (failure) return FAIL[failure](response)
    if (pathname !== '/v1/subscriptions') return send(response, 404, MISSING)
    const data = shown.get(searchParams.get('customer') ?? '') ?? []
    send(response, 200, { object: 'list', url: '/v1/subscriptions', has_more: false, data })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    show(customer: string, ...subscriptions: object[]) {
      shown.set(customer, subscriptions)
    },
    fail(next: typeof failure) {
      failure = next
    },
    /** Requests for objects since the last time that this was asked. */
    reads() {
      const counted = reads
      reads = 0
      return counted
    },
    async stop() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** A subscription as Stripe writes it, in as much as the application reads of it. */
export function subscriptionJson(given: {
  id: string
  customer: string
  tier: string
  status?: string
  created: number
}): object {
  const { id, customer, tier, status = 'active', created } = given
  const price = {
    id: `price_${tier}`,
    lookup_key: null,
    product: `prod_${tier}`,
    recurring: { interval: 'month', interval_count: 1 },
    unit_amount: 1900,
    currency: 'usd',
    metadata: { tier },
  }
  const period = { current_period_start: created, current_period_end: created + 30 * 86_400 }
  return {
    id,
    object: 'subscription',
    customer,
    status,
    created,
    items: { data: [{ id: `si_${id}`, price, quantity: 1, ...period }] },
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    ended_at: status === 'canceled' ? created + 86_400 : null,
    trial_start: null,
    trial_end: null,
    pause_collection: null,
    latest_invoice: null,
    metadata: { app: BRAND.stripe.app, env: 'test' },
    schedule: null,
  }
}

const MISSING = { error: { type: 'invalid_request_error', code: 'resource_missing', message: '?' } }
const BROKEN = { error: { type: 'api_error', message: 'Something went wrong on our end.' } }
const TOO_MANY = { error: { type: 'invalid_request_error', code: 'rate_limit', message: 'Slow.' } }

const FAIL: Record<(typeof STRIPE_FAILURES)[number], (response: ServerResponse) => void> = {
  '429': (response) => send(response, 429, TOO_MANY),
  '500': (response) => send(response, 500, BROKEN),
  '503': (response) => send(response, 503, BROKEN),
  reset: (response) => response.destroy(),
  'half a body': (response) => {
    response.writeHead(200, { 'content-length': '1000' })
    response.write('{"object":"list","data":[', () => response.destroy())
  },
  'no JSON': (response) => void response.writeHead(200).end('<html>Bad gateway</html>'),
}

function send(response: ServerResponse, status: number, answer: object): void {
  response.writeHead(status, { 'request-id': 'req_1' }).end(JSON.stringify(answer))
}
