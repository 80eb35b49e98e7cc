import type { Choice } from '@/lib/catalog/parse-choice'
import type { PromotionCodeId } from '@/lib/ids'
import { productionPorts } from '@/lib/sync/production-ports'
import { findPromotion } from './find'
import { type Buyer, isUsable } from './usable'

/**
 * The promotion code at Stripe that a buyer came with; null where they came with none, or it gives them
 * nothing: they buy without it.
 * @throws {Unavailable} Stripe does not answer
 */
export async function redeemable(
  code: string | null,
  choice: Choice,
  buyer: Buyer,
): Promise<PromotionCodeId | null> {
  const promotion = code === null ? null : await findPromotion(code)
  if (!promotion) return null
  const now = await productionPorts().clock.now()
  return isUsable(promotion, choice, buyer, now) ? promotion.id : null
}
