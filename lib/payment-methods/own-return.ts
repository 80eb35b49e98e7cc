import { env } from '@/lib/env'
import type { UserId } from '@/lib/ids'
import { seal, unseal } from '@/lib/seal'

// How long a user may take at Stripe's page, or at their bank's, before a press of a button is asked for once more.
const MAX_AGE_MS = 60 * 60_000

// Where they went. What was sealed for the one is not opened for the other.
const PURPOSE = { portal: 'card', bank: 'left payment method' } as const

type Way = keyof typeof PURPOSE

/**
 * For the address that Stripe's page or a bank leads back to: this user left from our own button a moment ago.
 * `shown`: what stood beside it as open (`shownCharge`).
 */
export function proveLeaving(way: Way, userId: UserId, shown: string, now = Date.now()): string {
  return seal(shown, bindingOf(way, userId, now))
}

/**
 * Whether who comes back left from our page within the hour, and what is charged is what was shown there. An
 * address that was made up, or comes out of the history, is no agreement to what is open by now.
 */
export function isOwnReturn(
  way: Way,
  proof: unknown,
  userId: UserId,
  shown: string,
  now = Date.now(),
): boolean {
  if (typeof proof !== 'string') return false
  return unseal(proof, bindingOf(way, userId, now), MAX_AGE_MS) === shown
}

function bindingOf(way: Way, owner: UserId, now: number) {
  return { purpose: PURPOSE[way], secret: env().auth.secret, owner, now }
}
