import { AUTHENTICATION, type CardBehaviour, type Decline } from '@/sandbox/objects/test-cards'
import type { Tx } from '@/sandbox/store/transaction'

/** How the holder takes part: there at the form or not, and whether the bank has just recognised them. */
export interface Presence {
  present: boolean
  authenticated: boolean
}

const NO_METHOD: Decline = {
  code: 'payment_intent_payment_attempt_failed',
  declineCode: 'no_payment_method',
  message: 'There is no payment method to charge.',
}

/** Why charging this payment method now would fail, or null when it would succeed. */
export function declineOf(tx: Tx, method: string | null, presence: Presence): Decline | null {
  if (method === null) return NO_METHOD
  const behaviour = behaviourNow(tx, method)
  return behaviour ? chargeDecline(behaviour, presence) : null
}

/** What a payment method does when it is charged now. */
export function behaviourNow(tx: Tx, method: string): CardBehaviour | undefined {
  const card = tx.find('card', method)
  return card?.once ?? card?.behaviour
}

/** As `declineOf`, for a card that is not saved yet. */
export function chargeDecline(
  behaviour: CardBehaviour,
  { present, authenticated }: Presence,
): Decline | null {
  if (behaviour.onCharge) return behaviour.onCharge
  const asked = behaviour.asks === 'always' || (behaviour.asks === 'once' && present)
  return asked && !authenticated ? AUTHENTICATION : null
}
