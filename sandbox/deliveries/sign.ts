import { createHmac } from 'node:crypto'

/** The `Stripe-Signature` header: HMAC-SHA256 of `t.body` under each whole secret. `at` is Unix seconds, real time. */
export function sign(body: string, secrets: readonly string[], at: number): string {
  const marks = secrets.map(
    (secret) => `v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`,
  )
  return [`t=${at}`, ...marks].join(',')
}
