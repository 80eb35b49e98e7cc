import type { Actor } from '@/lib/audit/actor'
import { findSessionOfPayment } from '@/lib/stripe/credit-sessions'
import { retrieveRefund } from '@/lib/stripe/refunds'
import { grantSoldCredits } from './grant'
import { settlePayment } from './settle-payment'

/**
 * Has credits follow a refund that was made, changed or failed. While everything that they cost is on its way back,
 * what is not spent of them is taken; a part of the money takes nothing. When a refund fails they are given back, or
 * given if they were held back. What Stripe says now decides: events may come late, twice and in any order.
 * @throws {NotFound} Stripe has no such refund
 * @throws {Unavailable} Stripe does not answer
 */
export async function settleRefund(actor: Actor, refundId: string): Promise<void> {
  const { wholeCharge, paymentIntentId } = await retrieveRefund(refundId)
  if (!paymentIntentId) return
  const lookAgain = async () => (await retrieveRefund(refundId)).wholeCharge
  const known = await settlePayment(actor, paymentIntentId, wholeCharge, lookAgain)
  if (known || wholeCharge) return
  // Their money was on its way back when they were to be given. Of a payment for a plan there is no such session.
  const sessionId = await findSessionOfPayment(paymentIntentId)
  if (sessionId) await grantSoldCredits(actor, sessionId)
}
