import type { CardBehaviour } from '@/sandbox/objects/test-cards'
import { AUTHENTICATION, type Decline } from '@/sandbox/objects/test-declines'
import type { Tx } from '@/sandbox/store/transaction'

/** How the holder takes part: there at the form or not, and whether the bank has just recognised them. */
export interface Presence {
  present: boolean
  authenticated: boolean
  /** Whether it was time for it, and not that somebody asked: it then counts as an attempt even if the bank only asks. */
  scheduled?: true
}

/** Nobody is at a form: a request of the API. */
export const ABSENT: Presence = { present: false, authenticated: false }

/** Whether the bank has not refused, but wants its holder first. */
export function asksHolder(decline: Decline | null): boolean {
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
  const asked = behaviour.asks === 'always' || (behaviour.asks === 'once' && present)
  if (asked && !authenticated) return AUTHENTICATION
  return behaviour.onCharge
}
