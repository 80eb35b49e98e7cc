import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSandbox } from '@/sandbox/test/pages/opened-sandbox'

let shop: Awaited<ReturnType<typeof openSandbox>>

beforeEach(async () => {
  shop = await openSandbox()
})

afterEach(() => shop.stop())

test('a buyer types a promotion code, sees what it saves, and can take it off', async () => {
  const { stripe, prices, visit } = shop
  const coupon = await stripe.coupons.create({ percent_off: 20, duration: 'forever' })
  await stripe.promotionCodes.create({
    promotion: { type: 'coupon', coupon: coupon.id },
    code: 'FALL20',
  })
  const { id, url } = await stripe.checkout.sessions.create({
    mode: 'subscription',
    line_items: [{ price: prices.pro, quantity: 1 }],
    allow_promotion_codes: true,
    success_url: 'http://x.test/',
  })
  const type = (code: string) =>
    visit(`/c/pay/${id}/promotion`, { method: 'POST', body: new URLSearchParams({ code }) })
  const wrong = await type('nope')
  expect(wrong.status).toBe(422)
  expect(wrong.facts.alerts).toEqual(['This code is invalid.'])
  expect((await type('fall20')).location).toBe(`/c/pay/${id}`)
  const discounted = await visit(url ?? '')
  expect(discounted.facts.text).toContain('FALL20 20% off every invoice −$3.80')
  expect(discounted.facts.text).toContain('Renews at $15.20')
  expect(discounted.facts.buttons).toContain('Remove FALL20')
  await type('')
  expect((await stripe.checkout.sessions.retrieve(id)).amount_total).toBe(1900)
})
