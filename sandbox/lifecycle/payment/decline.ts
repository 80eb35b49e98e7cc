import type { CardBehavior } from '@/sandbox/objects/card-behavior'
import { AUTHENTICATION, type Decline } from '@/sandbox/objects/test-declines'
import type { Tx } from '@/sandbox/store/transaction'

/** How the cardholder takes part: there at the form or not, and whether the bank has just recognized them. */
export interface Presence {
  present: boolean
  authenticated: boolean
  /**
   * Whether it was time for it, and not that a request asked: it then counts as an attempt even if
   * the bank only asks.
   */
  scheduled?: true
}

/** The cardholder is not at a form: a request of the API. */
export const ABSENT: Presence = { present: false, authenticated: false }

/** Whether the bank has not refused, but wants to ask the cardholder first. */
export function asksCardholder(decline: Decline | null): boolean {
  return decline?.code === AUTHENTICATION.code
}

const NO_METHOD: Decline = {
  code: 'payment_intent_payment_attempt_failed',
  declineCode: 'no_payment_method',
  message: 'There is no payment method to charge.',
}

/** Why charging this payment method now would fail, or null when it would succeed. */
export function declineOf(tx: Tx, method: string | null, presence: Presence): Decline | null {
  if (method === null) return NO_METHOD
  const behavior = behaviorNow(tx, method)
  return behavior ? chargeDecline(behavior, presence) : null
}

/** What a payment method does when it is charged now. */
export function behaviorNow(tx: Tx, method: string): CardBehavior | undefined {
  const card = tx.find('card', method)
  return card?.once ?? card?.behavior
}

/** As `declineOf`, for a card that is not saved yet. */
export function chargeDecline(
  behavior: CardBehavior,
  { present, authenticated }: Presence,
): Decline | null {
  const asked = behavior.asks === 'always' || (behavior.asks === 'once' && present)
  if (asked && !authenticated) return AUTHENTICATION
  return behavior.onCharge
}
