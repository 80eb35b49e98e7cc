import { ApiError } from '@/sandbox/http/api-error'
import type { PaymentResult } from '@/sandbox/lifecycle/payment-result'
import type { Sandbox } from '@/sandbox/sandbox'
import { afterWebhook } from './after-webhook'
import { dueNow } from './amounts'
import { completed, requireOpen } from './attempt'
import { completeSession } from './complete'

/** Finishes a session for which nothing is due and no card is asked. */
export async function completeWithoutCard(
  sandbox: Sandbox,
  sessionId: string,
  email?: string | null,
): Promise<PaymentResult> {
  const result = sandbox.changeFor(sessionId, (tx) => {
    requireOpen(tx, sessionId)
    const session = tx.get('checkout.session', sessionId)
    if (dueNow(tx, sessionId) > 0 || session.payment_method_collection !== 'if_required') {
      throw ApiError.invalid('This Checkout Session needs a card.')
    }
    completeSession(tx, sandbox.settings, sessionId, null, email ?? null)
    return completed(tx, sessionId)
  })
  return afterWebhook(sandbox, sessionId, result)
}
