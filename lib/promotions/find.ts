import { z } from 'zod'
import { isPromotionText } from '@/lib/catalog/parse-purchase'
import { isPromotionCodeId, type PromotionCodeId } from '@/lib/ids'
import { store } from '@/lib/redis/client'
import { countRead } from '@/lib/redis/person-reads'
import { findPromotionCode, type PromotionSnapshot } from '@/lib/stripe/promotion-codes'

/**
 * What stands at Stripe under a promotion code, no older than a minute: a link may be clicked by many. Null:
 * nothing does. Whether it may be used is another question.
 * `mayAsk`: called before Stripe is, and throws where it may not be.
 * @throws {Unavailable} Stripe does not answer
 */
export async function findPromotion(
  code: string,
  mayAsk: () => Promise<void> = async () => {},
): Promise<PromotionSnapshot | null> {
  if (!isPromotionText(code)) return null
  // Stripe does not mind the case of letters.
  const key = `promotion:${code.toLowerCase()}`
  const kept = await store().ask((redis) => redis.get(key))
  const known = kept.ok ? Kept.safeParse(kept.value).data : undefined
  if (known) return known.found
  await mayAsk()
  countRead()
  const found = await findPromotionCode(code)
  await store().ask((redis) => redis.set(key, { found }, { ex: KEPT_SECONDS }))
  return found
}

// Long enough for a link that many click at once, short enough for a code that is switched off.
const KEPT_SECONDS = 60

const money = z.object({ amount: z.number(), currency: z.string() }).nullable()

const Kept = z.object({
  found: z
    .object({
      id: z.custom<PromotionCodeId>(isPromotionCodeId),
      code: z.string(),
      isActive: z.boolean(),
      until: z.coerce.date().nullable(),
      customerId: z.string().nullable(),
      firstTime: z.boolean(),
      minimum: money,
      percentOff: z.number().nullable(),
      amountOff: money,
      duration: z.enum(['once', 'repeating', 'forever']),
      months: z.number().nullable(),
      products: z.array(z.string()).nullable(),
    })
    .nullable(),
})
