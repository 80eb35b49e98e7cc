import { giveBackCredits, takeBackCredits } from '@/db/queries/usage-credits'
import type { Actor } from '@/lib/audit/actor'
import { Unavailable } from '@/lib/errors'
import { log } from '@/lib/log'

// Stripe says something else each time: more rounds than this is another try's work.
const ROUNDS = 4

/**
 * Takes what is not spent of the credits that one payment bought while all of it is `refunded`, and else gives
 * back what was taken. After a write it looks again: another process may have looked later and
 * written before. Safe to repeat.
 * @returns false: the payment bought no credits
 * @throws {Unavailable} Stripe does not answer
 */
export async function settlePayment(
  actor: Actor,
  paymentIntentId: string,
  refunded: boolean,
  lookAgain: () => Promise<boolean>,
): Promise<boolean> {
  let seen = refunded
  for (let round = 0; round < ROUNDS; round += 1) {
    const settle = seen ? takeBackCredits : giveBackCredits
    const units = await settle(paymentIntentId, actor)
    if (units === null) return false
    if (units > 0)
      log.info(
        { payment: paymentIntentId, units },
        seen ? 'credits taken back' : 'credits returned',
      )
    const now = await lookAgain()
    if (now === seen) return true
    seen = now
  }
  throw new Unavailable('billing_updating')
}
