import type { StripeError } from '@stripe/stripe-js'

/** Where what a customer did is said as Stripe has it, after an answer that was lost. */
export const LOOK = '/settings/billing?return=portal'

type Confirmed = { setupIntent: { id: string } } | { setupIntent?: undefined; error: SetupError }
type SetupError = Pick<StripeError, 'type' | 'message'> & {
  setup_intent?: { id: string; status: string }
}

/**
 * `left`: go on with it. `refused`: why; `over`: its SetupIntent takes nothing more, and the next
 * try needs another.
 */
export type AfterSetup =
  | { kind: 'left'; id: string }
  | { kind: 'refused'; message: string | undefined; over: boolean }

// docs.stripe.com/payments/paymentintents/lifecycle: in these another card can be left under it, as
// after a no to the bank.
const TAKES_MORE = ['requires_payment_method', 'requires_confirmation', 'requires_action']

/** What follows an answer of `confirmSetup`. */
export function afterSetup(confirmed: Confirmed): AfterSetup {
  if (confirmed.setupIntent) return { kind: 'left', id: confirmed.setupIntent.id }
  const { type, message, setup_intent: intent } = confirmed.error
  // It went through at a press before this one, whose answer was lost.
  if (intent?.status === 'succeeded') return { kind: 'left', id: intent.id }
  const over = type === 'invalid_request_error' && !TAKES_MORE.includes(intent?.status ?? '')
  return { kind: 'refused', message, over }
}

// The bank's question was answered with no. Its type is that of a mistake of ours.
const SAID_NO = 'payment_intent_authentication_failure'

/**
 * What an error of a payment's confirmation means. `refused`: the customer or the bank said no, so nothing was charged.
 * `over`: it was answered in another tab, or is by now over. `unknown`: it may have been charged.
 */
export function afterPayment({
  type,
  code,
}: Pick<StripeError, 'type' | 'code'>): 'refused' | 'over' | 'unknown' {
  if (type === 'card_error' || code === SAID_NO) return 'refused'
  return type === 'invalid_request_error' && !code ? 'over' : 'unknown'
}
