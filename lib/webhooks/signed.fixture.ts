import { createHmac } from 'node:crypto'

/** The `stripe-signature` of a body, as Stripe writes it. `at` is in Unix seconds. */
export function sign(
  body: string | Uint8Array,
  { secrets, at = now() }: { secrets: readonly string[]; at?: number | string },
): string {
  const marks = secrets.map((secret) => `v1=${hmac(body, secret, at)}`)
  return [`t=${at}`, ...marks].join(',')
}

/** What stands behind `v1=`. */
export function hmac(body: string | Uint8Array, secret: string, at: number | string): string {
  return createHmac('sha256', secret).update(`${at}.`).update(body).digest('hex')
}

export function now(): number {
  return Math.floor(Date.now() / 1000)
}

/** A delivery as the route gets it. */
export function delivery(
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string>,
): Request {
  return new Request('http://localhost:3000/api/webhooks/stripe', { method: 'POST', body, headers })
}
