import type { StripeError } from '@stripe/stripe-js'
import type { AnyIntent, Parts } from './parts'

/** Sees an intent through: shows the bank's page if it asks, and says how it ended as Stripe.js does. */
export function finishPart(parts: Parts): Parts['finish'] {
  const kindOf = ({ object }: AnyIntent) =>
    object === 'setup_intent' ? ('setup' as const) : ('payment' as const)
  const refused = (intent: AnyIntent): StripeError => {
    const last = 'last_setup_error' in intent ? intent.last_setup_error : intent.last_payment_error
    const kind = kindOf(intent)
    return {
      type: 'invalid_request_error',
      code: `${kind}_intent_authentication_failure`,
      message:
        'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
      // What it says of the card itself, when its bank refused after it had asked.
      ...(last && !/authentication/.test(last.code ?? '') ? last : {}),
      ...(intent.object === 'setup_intent' ? { setup_intent: intent } : { payment_intent: intent }),
    }
  }
  return async (key, { answer, clientSecret }) => {
    if (answer.error) return answer
    if (answer.intent.status !== 'requires_action') return answer
    await parts.modal(answer.intent)
    const { id } = answer.intent
    const form = { client_secret: clientSecret }
    const path = `${kindOf(answer.intent)}_intents/${id}`
    const after = await parts.ask(key, 'GET', path, form)
    if (after.error || after.intent.status !== 'requires_payment_method') return after
    return { error: refused(after.intent) }
  }
}
