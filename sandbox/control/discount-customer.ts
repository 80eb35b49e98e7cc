import { ApiError } from '@/sandbox/http/api-error'
import { discountCustomer } from '@/sandbox/lifecycle/customer/discount'
import { grantCoupon } from '@/sandbox/lifecycle/discount/grant'
import type { Sandbox } from '@/sandbox/sandbox'
import { parseJson } from './parse-json'

/**
 * Gives a customer a coupon, as the owner of an account can in Stripe's dashboard. The API has no
 * way to it any more, but customers have kept what they had.
 */
export function giveDiscount(sandbox: Sandbox, customer: string, body: string): object {
  const { coupon } = parseJson(body)
  if (typeof coupon !== 'string') throw ApiError.invalid('Say which `coupon`, by its id.', 'coupon')
  return sandbox.changeFor(customer, (tx) => {
    const { currency } = tx.get('customer', customer)
    const own = tx.find('coupon', coupon)?.currency
    const buyer = { customer, amount: 0, currency: currency ?? own ?? 'usd' }
    const { id } = discountCustomer(tx, customer, grantCoupon(tx, coupon, buyer, 'coupon'))
    return { discount: id }
  })
}
