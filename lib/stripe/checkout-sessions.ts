import Stripe from 'stripe'
import { env } from '@/lib/env'
import { Invalid } from '@/lib/errors'
import { type CheckoutSessionId, type CustomerId, parseCheckoutSessionId } from '@/lib/ids'
import { callStripe } from './call'
import {
  type CheckoutSessionSnapshot,
  type CheckoutSessionStatus,
  checkoutSessionSnapshot,
  parseCheckoutSessionStatus,
} from './checkout-session-snapshot'
import { type CheckoutTerms, checkoutParams, nameTerms } from './checkout-terms'
import { isForeign } from './foreign'
import { underKey } from './under-key'

/**
 * Opens a page at Stripe where one subscription is paid for. Its metadata names the terms it was made on.
 * @throws {Invalid} Stripe does not let this customer use the promotion code
 */
export async function createCheckoutSession(
  session: CheckoutTerms & { intentId: string; idempotencyKey: string },
): Promise<CheckoutSessionSnapshot> {
  const params = checkoutParams(session)
  const metadata = { ...params.metadata, intent_id: session.intentId, terms: nameTerms(session) }
  const created = await callStripe(async (stripe) => {
    try {
      return await underKey(session.idempotencyKey, (options) =>
        stripe.checkout.sessions.create({ ...params, metadata }, options),
      )
    } catch (error) {
      // A code that is gone must not be taken for a customer who is.
      if (session.promotionCode && isOfDiscount(error)) throw new Invalid('promotion_refused')
      throw error
    }
  })
  return checkoutSessionSnapshot(created)
}

/**
 * Reads a session with what a receipt needs, and whether a discount in it still holds.
 * @throws {NotFound} there is no such session
 */
export async function retrieveCheckoutSession(
  id: CheckoutSessionId,
): Promise<CheckoutSessionSnapshot> {
  const expand = [
    'customer',
    'invoice',
    // Checkout leaves the card on the subscription; through the invoice it would be five levels, which Stripe refuses.
    'subscription.default_payment_method',
    // Whether what its buyer typed still holds.
    'discounts.coupon',
    'discounts.promotion_code',
  ]
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

/** The pages of ours on which a customer could still pay: for a plan, or for credits. */
export async function listPayablePages(
  customerId: CustomerId,
): Promise<{ id: CheckoutSessionId; intentId: string | null }[]> {
  const sessions = await callStripe((stripe) =>
    stripe.checkout.sessions
      .list({ customer: customerId, status: 'open', limit: 100 })
      .autoPagingToArray({ limit: 1000 }),
  )
  return sessions
    .filter(({ mode, metadata }) => {
      const whose = { app: metadata?.app ?? null, env: metadata?.env ?? null }
      // One that only notes a card sells nothing.
      return mode !== 'setup' && !isForeign(whose, env().appEnv)
    })
    .map(({ id, metadata }) => ({
      id: parseCheckoutSessionId(id),
      intentId: metadata?.intent_id ?? null,
    }))
}

/**
 * Closes a session so that it cannot be paid any more, and says what it is now: `expired`,
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

function isOfDiscount(error: unknown): boolean {
  if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) return false
  return /discount|promotion_code|coupon/.test(`${error.param} ${error.code}`)
}

function isRefusal(error: unknown): boolean {
  return (
    error instanceof Stripe.errors.StripeInvalidRequestError && error.code !== 'resource_missing'
  )
}
