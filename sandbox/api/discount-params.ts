import { ApiError } from '@/sandbox/http/api-error'
import type { Read } from '@/sandbox/http/rule'
import { clearable, hash, list, text } from '@/sandbox/http/rules'
import {
  type Buyer,
  type Grant,
  grantCoupon,
  grantPromotionCode,
} from '@/sandbox/lifecycle/discount/grant'
import type { Tx } from '@/sandbox/store/transaction'

const ENTRY = { coupon: text(), promotion_code: text(), discount: text() }

/** The `discounts` of a subscription or of a preview; an empty value removes all. */
export const DISCOUNTS = clearable(list(hash(ENTRY), 20))

type Entry = Read<typeof ENTRY>

/** The coupon that an entry asks for. Throws ApiError 400 unless it names exactly one thing. */
export function grantOf(tx: Tx, entry: Entry, buyer: Buyer, param: string): Grant {
  const named = Object.values(entry).filter((value) => value !== undefined)
  if (named.length !== 1)
    throw ApiError.invalid(
      'You must specify exactly one of: coupon, promotion_code, discount.',
      param,
    )
  if (entry.coupon !== undefined) return grantCoupon(tx, entry.coupon, buyer, `${param}[coupon]`)
  return grantPromotionCode(tx, entry.promotion_code ?? '', buyer, `${param}[promotion_code]`)
}
