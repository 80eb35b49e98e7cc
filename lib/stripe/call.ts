import Stripe from 'stripe'
import { type CardReason, NotFound, PaymentRequired, Unavailable } from '@/lib/errors'
import { stripeClient } from './client'
import { permissionText } from './permissions'
import { countRequest } from './request-count'

/**
 * Runs one call of the SDK and turns what Stripe refuses into our own errors.
 * @throws {Unavailable} no answer, too many requests, or Stripe is broken: try again later
 * @throws {PaymentRequired} the bank said no; why, as far as Stripe's codes say
 * @throws {NotFound} Stripe does not have the object
 * @throws {Error} a restricted key lacks a permission: which, and where to add it
 * @throws {Error} anything else, which is a mistake of ours, with the id of the request
 */
export async function callStripe<T>(call: (stripe: Stripe) => Promise<T>): Promise<T> {
  try {
    const answer = await call(stripeClient())
    countRequest('ok')
    return answer
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error
    countRequest(isPassing(error) ? 'away' : 'refused')
    throw translate(error)
  }
}

function translate(error: Stripe.errors.StripeError): Error {
  // A fresh error, because the SDK's own carries the response's headers and the raw body.
  // What has a code is written into the log with the error that it caused.
  const cause = Object.assign(new Error(sentence(error)), { code: error.code ?? error.type })
  if (error instanceof Stripe.errors.StripeCardError)
    return new PaymentRequired(cardReason(error), { cause })
  if (isPassing(error)) {
    return new Unavailable('stripe_away', { cause })
  }
  if (error instanceof Stripe.errors.StripePermissionError)
    return new Error(permissionText(error.message), { cause })
  if (error.code === 'resource_missing') {
    return new NotFound('not_at_stripe', { cause })
  }
  return cause
}

/**
 * Why a bank says no, by Stripe's codes (docs.stripe.com/error-codes and docs.stripe.com/declines/codes): the
 * latter says more where both are there.
 */
export function cardReason({
  code,
  decline_code: decline,
}: {
  code?: string | undefined
  decline_code?: string | undefined
}): CardReason {
  return CARD_REASONS[decline ?? ''] ?? CARD_REASONS[code ?? ''] ?? 'card_declined'
}

const CARD_REASONS: Record<string, CardReason> = {
  insufficient_funds: 'card_funds',
  expired_card: 'card_expired',
  incorrect_cvc: 'card_cvc',
  invalid_cvc: 'card_cvc',
  authentication_required: 'card_unconfirmed',
  // What an invoice, or a subscription that is resumed or changed, answers with for the same.
  invoice_payment_intent_requires_action: 'card_unconfirmed',
  subscription_payment_intent_requires_action: 'card_unconfirmed',
  processing_error: 'card_failed',
}

// 409 is another request holding the same object or idempotency key: it passes, too.
function isPassing(error: Stripe.errors.StripeError): boolean {
  return (
    error instanceof Stripe.errors.StripeConnectionError ||
    error instanceof Stripe.errors.StripeRateLimitError ||
    error.statusCode === 409 ||
    (error.statusCode ?? 0) >= 500
  )
}

function sentence({
  type,
  code,
  param,
  statusCode,
  requestId,
  message,
}: Stripe.errors.StripeError) {
  const facts = { type, code, param, status: statusCode, request: requestId }
  const given = Object.entries(facts).flatMap(([name, value]) =>
    value ? [`${name} ${value}`] : [],
  )
  return `Stripe refused: ${withoutSecrets(message)} (${given.join(', ')})`
}

// Stripe quotes a wrong key in its message.
function withoutSecrets(message: string): string {
  return message.replace(/\b(sk|rk|rkcs|whsec)_[\w*]+/g, '$1_…')
}
