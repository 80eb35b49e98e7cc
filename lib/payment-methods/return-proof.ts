import { env } from '@/lib/env'
import type { UserId } from '@/lib/ids'
import { seal, unseal } from '@/lib/seal'

// How long a bank may take before its customer has to press the button on our page once more.
const MAX_AGE_MS = 60 * 60_000

/** For the address that a bank leads back to: this user left from our page a moment ago, and `shown` is what it named. */
export function proveLeaving(userId: UserId, shown: string, now = Date.now()): string {
  return seal(shown, bindingOf(userId, now))
}

/**
 * Whether who comes back left from our page within the hour, and what is charged is what was shown there. An
 * address out of the history is no agreement to what is open by now.
 */
export function isOwnReturn(
  proof: unknown,
  userId: UserId,
  shown: string,
  now = Date.now(),
): boolean {
  return typeof proof === 'string' && unseal(proof, bindingOf(userId, now), MAX_AGE_MS) === shown
}

function bindingOf(owner: UserId, now: number) {
  return { purpose: 'left payment method', secret: env().auth.secret, owner, now }
}
