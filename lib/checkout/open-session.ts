import type { CheckoutIntent } from '@/db/queries/checkout-intents'
import { readChoice } from '@/lib/catalog/parse-choice'
import { PLANS } from '@/lib/catalog/plans'
import { priceForTier } from '@/lib/catalog/price-for-tier'
import { env } from '@/lib/env'
import { Invalid, NotFound } from '@/lib/errors'
import type { CheckoutSessionId, CustomerId, UserId } from '@/lib/ids'
import { countRead } from '@/lib/redis/person-reads'
import type { CheckoutSessionSnapshot } from '@/lib/stripe/checkout-session-snapshot'
import { createCheckoutSession, retrieveCheckoutSession } from '@/lib/stripe/checkout-sessions'

/**
 * The Checkout session of an intent: the one it has, or a new one. The idempotency key and every
 * parameter come from the intent alone, so that a retry after a crash gets the very same session.
 */
export async function openSession(
  userId: UserId,
  customerId: CustomerId,
  intent: CheckoutIntent,
): Promise<CheckoutSessionSnapshot> {
  if (intent.sessionId) return existing(intent.sessionId, customerId)
  const choice = readChoice(intent)
  if (!choice) throw new Invalid('That plan does not exist.')
  const { tier, interval } = choice
  const priceId = await priceForTier(tier, interval)
  const { appUrl } = env()
  const { trialDays } = PLANS[tier]
  return createCheckoutSession({
    customerId,
    priceId,
    userId,
    intentId: intent.id,
    tier,
    interval,
    ...(trialDays ? { trialDays } : {}),
    successUrl: `${appUrl}/checkout/return?session_id={CHECKOUT_SESSION_ID}`,
    cancelUrl: `${appUrl}/pricing`,
    idempotencyKey: `checkout:${intent.id}:${customerId}:${priceId}`,
  })
}

async function existing(
  id: CheckoutSessionId,
  customerId: CustomerId,
): Promise<CheckoutSessionSnapshot> {
  countRead()
  const session = await retrieveCheckoutSession(id)
  // Its page would still open, and fail at the payment.
  const gone = session.customerDeleted && session.customerId === customerId
  if (gone) throw new NotFound('The customer of this checkout was deleted.')
  return session
}
