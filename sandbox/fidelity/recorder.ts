import Stripe from 'stripe'

/** A request as the SDK sent it, and what came back. */
export interface Exchange {
  method: string
  /** Without its query. */
  path: string
  /** The names of its parameters, with the numbers of lists as `[0]`. */
  params: string[]
  expand: string[]
  status: number
  body: Record<string, unknown>
}

/** The real SDK, pointed at a sandbox; every exchange is kept. It never retries. */
export function recordingClient(port: number): { stripe: Stripe; exchanges: Exchange[] } {
  const exchanges: Exchange[] = []
  const recording: typeof fetch = async (input, init) => {
    const response = await fetch(input, init)
    const url = new URL(String(input instanceof Request ? input.url : input))
    const text = typeof init?.body === 'string' ? init.body : ''
    const fields = text.startsWith('{')
      ? Object.entries(JSON.parse(text)).map(([name, value]): [string, string] => [
          name,
          String(value),
        ])
      : [...new URLSearchParams(text), ...url.searchParams]
    exchanges.push({
      method: init?.method ?? 'GET',
      path: url.pathname,
      params: fields.map(([name]) => name),
      expand: fields.filter(([name]) => name.startsWith('expand[')).map(([, value]) => value),
      status: response.status,
      body: JSON.parse(await response.clone().text()),
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
