import { z } from 'zod'
import { INTERVALS, PAID_TIERS } from '@/lib/catalog/plans'
import { env } from '@/lib/env'
import { seal, unseal } from '@/lib/seal'

// For so long the instant from which a change is calculated is valid; a user who takes longer sees a new one.
const MAX_AGE_MS = 15 * 60_000

/** What a user was shown of a change, and agrees to. Amounts in minor units, `at` in milliseconds of business time. */
export type Offer = z.infer<typeof Offer>

const Offer = z.object({
  tier: z.enum(PAID_TIERS),
  interval: z.enum(INTERVALS),
  when: z.enum(['now', 'period_end', 'on_trial']),
  // What the plan is until then, and what it would be: prices of Stripe.
  before: z.string(),
  price: z.string(),
  quantity: z.number(),
  at: z.number(),
  due: z.number(),
  total: z.number(),
  currency: z.string(),
})

/** For a form: it can be read, and not be changed, nor used for another workspace. `owner`: the workspace's id. */
export function sealOffer(offer: Offer, owner: string, now = Date.now()): string {
  return seal(offer, bindingOf(owner, now))
}

/** What was offered to this workspace, while it holds; null otherwise. */
export function openOffer(text: string, owner: string, now = Date.now()): Offer | null {
  return Offer.safeParse(unseal(text, bindingOf(owner, now), MAX_AGE_MS)).data ?? null
}

function bindingOf(owner: string, now: number) {
  return { purpose: 'offer', secret: env().auth.secret, owner, now }
}
