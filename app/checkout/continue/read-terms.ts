import 'server-only'
import { limitPromotion } from '@/app/limits'
import { trialWords } from '@/app/pricing/trial-words'
import { isLive } from '@/app/settings/billing/plan-state'
import { paysInAnother } from '@/app/settings/billing/plans/own-plans'
import type { UserActor } from '@/lib/audit/actor'
import { readPricesIn } from '@/lib/billing/prices-in'
import { readBilling } from '@/lib/billing/read'
import type { Choice } from '@/lib/catalog/parse-choice'
import { PLANS } from '@/lib/catalog/plans'
import { readOpenDue } from '@/lib/checkout/open-due'
import type { Money } from '@/lib/money'
import { readPromotion, type ShownPromotion } from '@/lib/promotions/read'
import { readTrialOffer } from '@/lib/trials/offered'

/**
 * What a choice costs its buyer; `due`: what the checkout that they left asks for, where it is
 * known and not the price.
 */
export type Terms = {
  price: Money
  due: Money | null
  trial: string | null
  promotion: ShownPromotion | null
  /** They have a plan, so that the choice becomes a change of it. */
  hasPlan: boolean
}

type Way = { code: string | null; hasLeft: boolean }

/** What this buyer would pay for a choice, as far as that is known before Stripe's page. */
export async function readTerms(
  actor: UserActor,
  choice: Choice,
  { code, hasLeft }: Way,
): Promise<Terms> {
  const { tier, interval } = choice
  const [billing, offer, promotion, open] = await Promise.all([
    readBilling(actor.workspaceId),
    readTrialOffer(actor.workspaceId),
    code === null ? null : readPromotion(code, limitPromotion),
    hasLeft ? readOpenDue(actor, choice) : null,
  ])
  // A buyer whose plan has ended buys in the currency that they paid in, where the choice is sold in it.
  const listed = paysInAnother(billing) ? await readPricesIn(actor.id, billing) : null
  const prices = { ...PLANS[tier].prices, ...listed?.[tier] }
  const price = prices[interval]
  // A checkout that asks for something has no trial, whatever our records know: at Stripe, a card had one before.
  const begins = open && open.amount > 0 ? null : offer
  const trial = begins && trialWords({ ...PLANS[tier], prices }, interval, begins.from)
  const isOther = open?.amount !== price.amount || open.currency !== price.currency
  return { price, due: !trial && isOther ? open : null, trial, promotion, hasPlan: isLive(billing) }
}
