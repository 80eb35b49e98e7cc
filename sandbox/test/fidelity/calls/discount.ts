import { type Calls, subscriber } from './app'

export const callDiscounts: Calls = async (app) => {
  const { stripe, pro } = app
  const coupon = await stripe.coupons.create({
    id: 'SAVE20',
    name: 'Save',
    percent_off: 20,
    duration: 'repeating',
    duration_in_months: 3,
    applies_to: { products: [pro.id] },
  })
  await stripe.coupons.update(coupon.id, { name: 'Save a fifth', metadata: { of: 'app' } })
  await stripe.coupons.retrieve(coupon.id, { expand: ['applies_to'] })
  await stripe.coupons.list({ limit: 3 })
  const code = await stripe.promotionCodes.create({
    promotion: { type: 'coupon', coupon: coupon.id },
    code: 'X',
    max_redemptions: 5,
    restrictions: { first_time_transaction: true },
  })
  await stripe.promotionCodes.retrieve(code.id, { expand: ['promotion.coupon'] })
  await stripe.promotionCodes.list({ code: 'x', active: true })
  const off = await stripe.coupons.create({ amount_off: 300, currency: 'usd', duration: 'forever' })
  const { id } = await subscriber(app, { discounts: [{ promotion_code: code.id }] })
  await stripe.subscriptions.retrieve(id, { expand: ['discounts.source.coupon'] })
  await stripe.subscriptions.update(id, { discounts: [{ coupon: off.id }] })
  await stripe.subscriptions.deleteDiscount(id)
  await stripe.promotionCodes.update(code.id, { active: false })
  await stripe.coupons.del(off.id)
}
