import type { CardForm } from '@/sandbox/lifecycle/card-form'
import type { PaymentResult } from '@/sandbox/lifecycle/payment-result'
import type { Sandbox } from '@/sandbox/sandbox'
import { afterWebhook } from './after-webhook'
import { attemptSession } from './attempt'

/**
 * Pays an open Checkout session. Resolves when the webhook for the finished session was tried, after
 * ten seconds at the latest. Throws ApiError for an unknown session or one that is not open any more.
 */
export async function payCheckout(
  sandbox: Sandbox,
  sessionId: string,
  card: CardForm,
): Promise<PaymentResult> {
  const result = sandbox.changeFor(sessionId, (tx) =>
    attemptSession(tx, sandbox.settings, sessionId, card),
  )
  return afterWebhook(sandbox, sessionId, result)
}
