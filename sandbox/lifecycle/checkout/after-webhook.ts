import type { PaymentResult } from '@/sandbox/lifecycle/payment-result'
import type { Sandbox } from '@/sandbox/sandbox'

// Stripe holds the redirect back this long for the receiver's answer.
const PATIENCE_MS = 10_000

/**
 * Hands the result on once the receiver had its chance to hear of the finished session. Not while
 * webhooks are paused.
 */
export async function afterWebhook(
  sandbox: Sandbox,
  sessionId: string,
  result: PaymentResult,
): Promise<PaymentResult> {
  const { deliverer, store, clock } = sandbox
  if ((result.kind !== 'complete' && result.kind !== 'processing') || deliverer.paused())
    return result
  const event = [...store.all('event')].findLast(
    ({ type, data }) =>
      type === 'checkout.session.completed' && 'id' in data.object && data.object.id === sessionId,
  )
  if (event) await deliverer.tried(event.id, clock.real() + PATIENCE_MS)
  return result
}
