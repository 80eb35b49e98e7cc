import { createHmac } from 'node:crypto'

/** The header that Stripe would send with this body now (docs.stripe.com/webhooks#verify-manually). */
export function signedWith(secret: string, payload: string): string {
  const t = Math.floor(Date.now() / 1000)
  const v1 = createHmac('sha256', secret).update(`${t}.${payload}`).digest('hex')
  return `t=${t},v1=${v1}`
}
