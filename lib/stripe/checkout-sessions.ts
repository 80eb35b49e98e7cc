import Stripe from 'stripe'
import { env } from '@/lib/env'
import type { CheckoutSessionId, CustomerId, PriceId, UserId } from '@/lib/ids'
import { callStripe } from './call'
import {
  type CheckoutSessionSnapshot,
  type CheckoutSessionStatus,
  checkoutSessionSnapshot,
  parseCheckoutSessionStatus,
} from './checkout-session-snapshot'
import { APP } from './metadata'

export type NewCheckoutSession = {
  customerId: CustomerId
  priceId: PriceId
  userId: UserId
  intentId: string
  tier: string
  interval: string
  /** At least one; left out, the first payment is due at once. */
  trialDays?: number
  /** `{CHECKOUT_SESSION_ID}` in it is filled in by Stripe. */
  successUrl: string
  cancelUrl: string
  idempotencyKey: string
}

/** Opens a page at Stripe where one subscription is paid for. */
export async function createCheckoutSession(
  session: NewCheckoutSession,
): Promise<CheckoutSessionSnapshot> {
  const { userId, trialDays, intentId, tier, interval } = session
  const owner = { app: APP, env: env().appEnv, user_id: userId }
  const created = await callStripe((stripe) =>
    stripe.checkout.sessions.create(
      {
        mode: 'subscription',
        ui_mode: 'hosted_page',
        customer: session.customerId,
        client_reference_id: userId,
        line_items: [{ price: session.priceId, quantity: 1 }],
        allow_promotion_codes: true,
        // The session's metadata stays with the session; the subscription needs its own.
        metadata: { ...owner, intent_id: intentId, tier, interval },
        subscription_data: {
          metadata: owner,
          ...(trialDays ? { trial_period_days: trialDays } : {}),
        },
        success_url: session.successUrl,
        cancel_url: session.cancelUrl,
      },
      { idempotencyKey: session.idempotencyKey },
    ),
  )
  return checkoutSessionSnapshot(created)
}

/**
 * Reads a session with what a receipt needs.
 * @throws {NotFound} there is no such session
 */
export async function retrieveCheckoutSession(
  id: CheckoutSessionId,
): Promise<CheckoutSessionSnapshot> {
  // Checkout leaves the card on the subscription; through the invoice it would be five levels, which Stripe refuses.
  const expand = ['customer', 'invoice', 'subscription.default_payment_method']
  return checkoutSessionSnapshot(
    await callStripe((stripe) => stripe.checkout.sessions.retrieve(id, { expand })),
  )
}

/** The sessions of a customer that could still be paid, newest first. */
export async function listOpenCheckoutSessions(
  customerId: CustomerId,
): Promise<CheckoutSessionSnapshot[]> {
  const sessions = await callStripe((stripe) =>
    stripe.checkout.sessions
      .list({ customer: customerId, status: 'open', limit: 100 })
      .autoPagingToArray({ limit: 1000 }),
  )
  return sessions.map(checkoutSessionSnapshot)
}

/**
 * Closes a session so that nobody can pay it any more, and says what it is now: `expired`,
 * or `complete` when the payment was faster.
 */
export async function expireCheckoutSession(
  id: CheckoutSessionId,
): Promise<CheckoutSessionStatus | 'unknown'> {
  const { status } = await callStripe(async (stripe) => {
    try {
      return await stripe.checkout.sessions.expire(id)
    } catch (error) {
      if (!isRefusal(error)) throw error
      // Stripe expires open sessions only; the refusal has no code of its own, so look.
      const now = await stripe.checkout.sessions.retrieve(id)
      if (now.status === 'open') throw error
      return now
    }
  })
  return parseCheckoutSessionStatus(status)
}

function isRefusal(error: unknown): boolean {
  return (
    error instanceof Stripe.errors.StripeInvalidRequestError && error.code !== 'resource_missing'
  )
}
