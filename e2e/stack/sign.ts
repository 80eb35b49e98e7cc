import { createHmac } from 'node:crypto'
import { variable } from './variable'

/** The header that Stripe would send with this body now (docs.stripe.com/webhooks#verify-manually). */
export function signed(payload: string): string {
  const t = Math.floor(Date.now() / 1000)
  const v1 = createHmac('sha256', variable('STRIPE_WEBHOOK_SECRET'))
    .update(`${t}.${payload}`)
    .digest('hex')
  return `t=${t},v1=${v1}`
}
