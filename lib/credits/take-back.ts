import { takeBackCredits } from '@/db/queries/usage-credits'
import type { Actor } from '@/lib/audit/actor'
import { log } from '@/lib/log'
import { retrieveRefund } from '@/lib/stripe/refunds'

/**
 * After a refund of everything that credits cost: takes back what is not spent. A part of the money takes
 * nothing back, and what was spent stays spent. Safe to repeat.
 * @throws {NotFound} Stripe has no such refund
 * @throws {Unavailable} Stripe does not answer
 */
export async function takeBackRefunded(actor: Actor, refundId: string): Promise<void> {
  const { wholeCharge, paymentIntentId } = await retrieveRefund(refundId)
  if (wholeCharge && paymentIntentId) await takeBackPayment(actor, paymentIntentId)
}

/** Takes back what is not spent of what one payment bought. */
export async function takeBackPayment(actor: Actor, paymentIntentId: string): Promise<void> {
  const units = await takeBackCredits(paymentIntentId, actor)
  if (units !== null) log.info({ payment: paymentIntentId, units }, 'credits taken back')
}
