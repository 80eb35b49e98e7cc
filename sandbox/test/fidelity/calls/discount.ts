import type { Calls } from './app'
import { subscriber } from './subscriber'

export const callDiscounts: Calls = async (app) => {
  const { stripe, url, pro, studioMonthly } = app
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
  const { customer, id, item } = await subscriber(app, { discounts: [{ promotion_code: code.id }] })
  await stripe.subscriptions.retrieve(id, { expand: ['discounts.source.coupon'] })
  await stripe.subscriptions.update(id, { discounts: [{ coupon: off.id }] })
  await stripe.subscriptions.deleteDiscount(id)
  await stripe.subscriptionItems.update(item, { discounts: [{ coupon: off.id }] })
  await stripe.subscriptionItems.retrieve(item, { expand: ['discounts'] })
  await stripe.subscriptions.update(id, {
    items: [{ price: studioMonthly.id, discounts: [{ coupon: off.id }] }],
    proration_behavior: 'always_invoice',
    expand: ['latest_invoice.discounts', 'items.data.discounts'],
  })
  await stripe.invoiceItems.create({
    customer,
    amount: 500,
    currency: 'usd',
    discounts: [{ coupon: off.id }],
    expand: ['discounts'],
  })
  const given = { method: 'POST', body: JSON.stringify({ coupon: off.id }) }
  await fetch(`${url}/_sandbox/customers/${customer}/discount`, given)
  await stripe.customers.retrieve(customer, { expand: ['discount.source.coupon'] })
  await stripe.customers.deleteDiscount(customer)
  await stripe.promotionCodes.update(code.id, { active: false })
  await stripe.coupons.del(off.id)
}
