import type Stripe from 'stripe'
import { expect, it } from 'vitest'
import { appliedDiscount } from './applied-discount'

// What an account answers is not always what the types say: a field may be left out.
const discount = (source: unknown) => ({ id: 'di_1', end: null, source }) as Stripe.Discount

it('A coupon that shows no percentage takes its amount off', () => {
  const coupon = { id: 'ten', duration: 'forever', amount_off: 1000, currency: 'usd' }
  expect(appliedDiscount(discount({ coupon }), 'usd').terms).toEqual({
    ...{ duration: 'forever', end: null, percentOff: null, amountOff: 1000 },
  })
})

it('A coupon that shows neither percentage nor amount takes nothing off', () => {
  const coupon = { id: 'odd', duration: 'forever', percent_off: 'half' }
  expect(appliedDiscount(discount({ coupon }), 'usd').terms).toMatchObject({
    ...{ percentOff: null, amountOff: null },
  })
})

it.each([
  ['a discount without a source', undefined],
  ['a source without a coupon', {}],
  ['a coupon that was deleted', { coupon: { id: 'gone', object: 'coupon', deleted: true } }],
  ['a coupon that is only named', { coupon: 'ten' }],
])('The terms of %s are not known', (_, source) => {
  expect(appliedDiscount(discount(source), 'usd')).toEqual({ id: 'di_1', terms: null })
})

it('An amount off counts in the currency of the subscription alone', () => {
  const coupon = { id: 'ten', duration: 'forever', amount_off: 1000, currency: 'usd' }
  const options = { currency_options: { eur: { amount_off: 900 } } }
  const inEuros = (given: object) => appliedDiscount(discount({ coupon: given }), 'eur').terms
  expect(inEuros({ ...coupon, ...options })).toMatchObject({ amountOff: 900 })
  expect(inEuros(coupon)).toMatchObject({ amountOff: null })
})
