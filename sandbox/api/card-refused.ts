import { ApiError } from '@/sandbox/http/api-error'
import { asksCardholder } from '@/sandbox/lifecycle/payment/decline'
import type { Decline } from '@/sandbox/objects/test-cards'

/** The 402 that a refused card answers with. Unless `keepsEffects`, nothing of the request has happened. */
export function cardRefused(decline: Decline, keepsEffects = false): ApiError {
  return new ApiError(
    402,
    {
      type: 'card_error',
      advice_code: 'try_again_later',
      code: decline.code,
      decline_code: decline.declineCode,
      doc_url: `https://stripe.com/docs/error-codes/${decline.code.replaceAll('_', '-')}`,
      message: decline.message,
      network_decline_code: '01',
      param: '',
    },
    keepsEffects,
  )
}

/** As `cardRefused`, for an invoice of which `about` says what it is for: a bank that asks is named as such. */
export function paymentRefused(
  decline: Decline,
  about: 'invoice' | 'subscription',
  keepsEffects = false,
): ApiError {
  if (!asksCardholder(decline)) return cardRefused(decline, keepsEffects)
  const code = `${about}_payment_intent_requires_action`
  return new ApiError(
    402,
    {
      type: 'card_error',
      code,
      doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`,
      message: ASKS[about],
    },
    keepsEffects,
  )
}

const ASKS = {
  invoice:
    'This payment requires additional user action before it can be completed successfully. Payment can be completed using the PaymentIntent associated with the invoice. For more details see: https://stripe.com/docs/billing/subscriptions/overview#requires-action',
  subscription:
    'Payment for this subscription requires additional user action before it can be completed successfully. Payment can be completed using the PaymentIntent associated with `subscription.latest_invoice`. For more details see: https://stripe.com/docs/billing/subscriptions/overview#requires-action',
}
