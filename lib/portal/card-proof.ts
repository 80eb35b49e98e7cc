import { env } from '@/lib/env'
import type { UserId } from '@/lib/ids'
import { seal, unseal } from '@/lib/seal'

// How long a user may take at Stripe's page before a press of a button is asked for once more.
const MAX_AGE_MS = 60 * 60_000

/**
 * Proves to the page that follows that its visitor went to Stripe from our own button, and comes from there.
 * `shown`: what stood beside the button as open (`shownCharge`).
 */
export function proveCard(userId: UserId, shown: string, now = Date.now()): string {
  return seal(shown, bindingOf(userId, now))
}

/** Whether it is such a proof, of this person, and what is charged is what they were shown. A made-up address is none. */
export function isCardProof(
  text: unknown,
  userId: UserId,
  shown: string,
  now = Date.now(),
): boolean {
  return typeof text === 'string' && unseal(text, bindingOf(userId, now), MAX_AGE_MS) === shown
}

function bindingOf(owner: UserId, now: number) {
  return { purpose: 'card', secret: env().auth.secret, owner, now }
}
