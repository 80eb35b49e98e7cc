import type { CheckoutIntent } from '@/db/queries/checkout-intents'
import { NotFound } from '@/lib/errors'
import type { PromotionCodeId } from '@/lib/ids'
import { countRead } from '@/lib/redis/person-reads'
import { retrieveCheckoutSession } from '@/lib/stripe/checkout-sessions'

/**
 * The promotion code that a checkout has, for the one that takes its place: what its buyer came with, or typed at
 * Stripe's page, which only the session knows. Null where there is none, or where it gives nothing any more.
 * @throws {Unavailable} Stripe does not answer
 */
export async function codeBefore({
  promotionCode,
  sessionId,
}: CheckoutIntent): Promise<PromotionCodeId | null> {
  if (promotionCode || !sessionId) return promotionCode
  countRead()
  const session = await retrieveCheckoutSession(sessionId).catch(nothingWhereGone)
  return session?.discount?.holds ? session.discount.promotionCode : null
}

function nothingWhereGone(error: unknown): null {
  if (error instanceof NotFound) return null
  throw error
}
