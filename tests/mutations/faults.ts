import Stripe from 'stripe'
import { startHttpWire } from '@/tests/harness/http-wire'

/** The ways in which Stripe fails a form that was pressed. */
export const FAULTS = ['away', '429', '500', '402', 'lost', 'late'] as const

export type Fault = (typeof FAULTS)[number]

const BODIES = {
  429: { type: 'invalid_request_error', code: 'rate_limit', message: 'Too many requests.' },
  500: { type: 'api_error', message: 'Something went wrong on our end.' },
  402: { type: 'card_error', code: 'card_declined', message: 'Your card was declined.' },
} as const

/**
 * A wire to the sandbox on which Stripe fails as it is told. `away` fails every request, the others those that
 * change something: refused before it is done, or done and never, or too late, heard of.
 */
export async function startFaultyStripe(target: string) {
  let fault: Fault | null = null
  let asked = 0
  let told = 0
  let release = () => {}
  let released: Promise<void> = Promise.resolve()
  // Stripe repeats its first answer to a key for a day, a 500 and a refused card too.
  const repeated = new Map<string, { status: 500 | 402; request: string }>()
  const say = (status: keyof typeof BODIES, headers = {}) => ({
    ...{ status, headers: { 'request-id': `req_fault${asked}`, ...headers } },
    body: { error: BODIES[status] },
  })
  const wire = await startHttpWire(target, async ({ method, path, way, key }) => {
    if (!path.startsWith('/v1/')) return undefined
    const changes = method !== 'GET' && !path.endsWith('/create_preview')
    if (way === 'down') {
      if (!changes || (fault !== 'lost' && fault !== 'late')) return undefined
      if (fault === 'late') await released
      return 'cut'
    }
    asked += 1
    const before = key && repeated.get(key)
    if (before)
      return say(before.status, {
        'idempotent-replayed': 'true',
        'original-request': before.request,
      })
    if (fault === 'away') return say(429)
    if (!changes || (fault !== '429' && fault !== '500' && fault !== '402')) return undefined
    if (fault === '429') return say(429)
    const status = fault === '500' ? 500 : 402
    if (key) repeated.set(key, { status, request: `req_fault${asked}` })
    return say(status)
  })
  return {
    url: wire.url,
    close: wire.close,
    /** From now on it fails like this, until it is told null. */
    fail(next: Fault | null) {
      release()
      fault = next
      released = new Promise((resolve) => {
        release = resolve
      })
    },
    /** Requests since the last time that this was asked. */
    asked() {
      const since = asked - told
      told = asked
      return since
    },
  }
}

/** The SDK as the app has it, which gives up on an answer after so many milliseconds. */
export function clientOf(address: string, timeout: number): Stripe {
  const { hostname: host, port } = new URL(address)
  return new Stripe('sk_test_wire', {
    ...{ telemetry: false, maxNetworkRetries: 1, timeout },
    ...{ host, port, protocol: 'http' as const },
  })
}
