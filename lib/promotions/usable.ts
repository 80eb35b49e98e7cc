import type { Choice } from '@/lib/catalog/parse-choice'
import { PLANS } from '@/lib/catalog/plans'
import type { PromotionSnapshot } from '@/lib/stripe/promotion-codes'

/** Whether a code still gives something to anyone. */
export function isOver({ isActive, until }: PromotionSnapshot, now: Date): boolean {
  return !isActive || (until !== null && until <= now)
}

/** Who buys, and whether they have before. */
export type Buyer = { customerId: string | null; hasBought: boolean }

/**
 * Whether a code can be given to this buyer with this choice, as far as it says itself. Of its products and
 * currencies Stripe has the last word: our records have prices in one currency, and a customer who has bought
 * before pays in theirs.
 */
export function isUsable(
  promotion: PromotionSnapshot,
  { tier, interval }: Choice,
  { customerId, hasBought }: Buyer,
  now: Date,
): boolean {
  if (isOver(promotion, now)) return false
  if (promotion.customerId !== null && promotion.customerId !== customerId) return false
  if (promotion.firstTime && hasBought) return false
  const price = PLANS[tier].prices[interval]
  const { minimum } = promotion
  if (!minimum || hasBought || minimum.currency !== price.currency) return true
  return minimum.amount <= price.amount
}
