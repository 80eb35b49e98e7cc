import { ApiError } from '@/sandbox/http/api-error'
import type { Decline } from '@/sandbox/objects/test-cards'

/** The 402 that a refused card answers with. Unless told otherwise, nothing of the request has happened. */
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
