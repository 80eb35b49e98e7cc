import { ApiError } from '@/sandbox/http/api-error'
import type { Read } from '@/sandbox/http/rule'
import { clearable, hash, list, text } from '@/sandbox/http/rules'
import { idOf } from '@/sandbox/ids'
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

/** What a list of discounts asks for: ids of `held` ones that stay, and coupons that are new. Throws ApiError 400. */
export function discountsAsked(
  tx: Tx,
  asked: readonly Entry[] | null | undefined,
  {
    held,
    buyer,
    param: list,
  }: { held: readonly (string | { id: string })[]; buyer: Buyer; param: string },
): (string | Grant)[] {
  return (asked ?? []).map((entry, index) => {
    const param = `${list}[${index}]`
    if (entry.discount === undefined) return grantOf(tx, entry, buyer, param)
    if (held.some((own) => idOf(own) === entry.discount)) return entry.discount
    throw ApiError.unknownReference('discount', entry.discount, `${param}[discount]`)
  })
}

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
