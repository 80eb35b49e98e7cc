import { claimEntries } from '@/db/queries/outbox'
import { FOLLOW_STRIPE, type Followed } from '@/lib/catalog/follow-stripe'
import { TO_STRIPE } from '@/lib/customers/details'
import { followStripe, type Spelling } from '@/lib/customers/follow-stripe'
import { updateStripe } from '@/lib/customers/update-stripe'
import { FROM_STRIPE } from '@/lib/sync/details'

/** Drains the changes of details that are due, to Stripe and back; answers how many were dealt with. */
export async function deliverDetails(
  spell: Spelling,
  followed: Followed = FOLLOW_STRIPE,
  limit = 20,
): Promise<number> {
  const [out, back] = await Promise.all([
    claimEntries(TO_STRIPE, limit),
    claimEntries(FROM_STRIPE, limit),
  ])
  const done = await Promise.all([
    ...out.map(updateStripe),
    ...back.map((entry) => followStripe(entry, followed, spell)),
  ])
  return done.filter(Boolean).length
}
