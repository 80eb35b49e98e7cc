import type { CardBehavior } from '@/sandbox/objects/card-behavior'
import type { Decline } from '@/sandbox/objects/test-cards'
import { chargeDecline } from './payment/decline'

/** The bank did not recognize the cardholder. */
export const NOT_RECOGNIZED: Decline = {
  code: 'payment_intent_authentication_failure',
  declineCode: 'authentication_failed',
  message:
    'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
}

/** What still stands in the way after the bank has asked, or null. */
export function declineOfAnswer(
  behavior: CardBehavior,
  answer: 'complete' | 'fail',
  amount: number,
): Decline | null {
  if (answer === 'fail') return NOT_RECOGNIZED
  return amount > 0 ? chargeDecline(behavior, { present: true, authenticated: true }) : null
}
