import { failureText, log } from '@/lib/log'
import { businessClock } from '@/lib/stripe/business-clock'
import type { PromotionSnapshot } from '@/lib/stripe/promotion-codes'
import { findPromotion } from './find'
import { isOver } from './usable'

/** What a page can say of a code: `none`: it is none. `unknown`: it could not be looked up now. */
export type ShownPromotion =
  | { kind: 'given'; promotion: PromotionSnapshot }
  | { kind: 'over'; code: string }
  | { kind: 'none' }
  | { kind: 'unknown' }

/**
 * What a promotion code gives, for a page that anyone can open. Never throws: a code is no reason to sell
 * nothing. `mayAsk` throws where Stripe may not be asked.
 */
export async function readPromotion(
  code: string,
  mayAsk: () => Promise<void>,
): Promise<ShownPromotion> {
  try {
    const promotion = await findPromotion(code, mayAsk)
    if (!promotion) return { kind: 'none' }
    if (isOver(promotion, await businessClock().now()))
      return { kind: 'over', code: promotion.code }
    return { kind: 'given', promotion }
  } catch (error) {
    log.warn({ error: failureText(error) }, 'pricing shown without what its promotion code gives')
    return { kind: 'unknown' }
  }
}
