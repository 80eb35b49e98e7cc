import Stripe from 'stripe'

/** A request as the SDK sent it, and what came back. */
export interface Exchange {
  method: string
  /** Without its query. */
  path: string
  expand: string[]
  body: Record<string, unknown>
  /** What went wrong when it came again under its idempotency key; empty for what only reads. */
  replay: string[]
}

/**
 * The real SDK, pointed at a sandbox; every exchange is kept, and every POST is sent a second time.
 * `state` is everything that a request can change, as text.
 */
export function recordingClient(
  port: number,
  state: () => string,
): { stripe: Stripe; exchanges: Exchange[] } {
  const exchanges: Exchange[] = []
  const recording: typeof fetch = async (input, init) => {
    const response = await fetch(input, init)
    const url = new URL(String(input instanceof Request ? input.url : input))
    const form = typeof init?.body === 'string' && !init.body.startsWith('{') ? init.body : ''
    const fields = [...new URLSearchParams(form), ...url.searchParams]
    const text = await response.clone().text()
    exchanges.push({
      method: init?.method ?? 'GET',
      path: url.pathname,
      expand: fields.filter(([name]) => name.startsWith('expand[')).map(([, value]) => value),
      body: JSON.parse(text),
      replay: init?.method === 'POST' ? await again(() => fetch(input, init), text, state) : [],
    })
    return response
  }
  const stripe = new Stripe('sk_test_local', {
    host: '127.0.0.1',
    port,
    protocol: 'http',
    telemetry: false,
    maxNetworkRetries: 0,
    httpClient: Stripe.createFetchHttpClient(recording),
  })
  return { stripe, exchanges }
}

async function again(
  send: () => Promise<Response>,
  first: string,
  state: () => string,
): Promise<string[]> {
  const before = state()
  const second = await send()
  const wrong: string[] = []
  if (second.headers.get('idempotent-replayed') !== 'true') wrong.push('it is made again')
  if ((await second.text()) !== first) wrong.push('it is answered otherwise')
  if (state() !== before) wrong.push('something changes')
  return wrong
}
