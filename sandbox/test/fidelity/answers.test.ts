import { expect, test } from 'vitest'
import { newCoupon } from '@/sandbox/objects/coupon'
import { newCustomer } from '@/sandbox/objects/customer'
import { newDiscount } from '@/sandbox/objects/discount'
import { newPrice } from '@/sandbox/objects/price'
import { itemList, newItem, newSubscription } from '@/sandbox/objects/subscription'
import { violationsInAnswer } from './answers'

const price = newPrice(1, { product: 'prod_1', currency: 'usd', unit_amount: 900 })
const items = itemList('sub_1', [newItem(1, 'sub_1', price, 1, { start: 1, end: 2 })])
const subscription = newSubscription(1, {
  id: 'sub_1',
  customer: 'cus_1',
  currency: 'usd',
  status: 'active',
  items,
})
const customer = newCustomer(1, { id: 'cus_1' })

test('what the SDK declares is right, expanded or not, alone or in a list', () => {
  expect(violationsInAnswer(subscription)).toEqual([])
  expect(violationsInAnswer({ ...subscription, customer }, ['customer'])).toEqual([])
  expect(
    violationsInAnswer(
      { ...subscription, customer: { id: 'cus_1', object: 'customer', deleted: true } },
      ['customer'],
    ),
  ).toEqual([])
  expect(
    violationsInAnswer({ object: 'list', data: [subscription], has_more: false, url: '/' }),
  ).toEqual([])
})

test('a field too many or too few is a violation, at every depth', () => {
  const { currency: _currency, ...without } = subscription
  expect(violationsInAnswer(without)).toEqual(['subscription.currency: missing'])
  expect(violationsInAnswer({ ...subscription, current_period_end: 2 })).toEqual([
    'subscription.current_period_end: no such field',
  ])
  const [item] = items.data
  const deep = {
    ...items,
    data: [{ ...item, price: { ...price, unit_amount: undefined, amount: 1 } }],
  }
  expect(violationsInAnswer({ ...subscription, items: deep })).toEqual([
    'subscription.items.data[0].price.unit_amount: undefined is not number | null',
    'subscription.items.data[0].price.amount: no such field',
  ])
})

test('an object where the request asked for no more than its id is a violation', () => {
  const whole = ['subscription.customer: is whole, and not an id']
  expect(violationsInAnswer({ ...subscription, customer })).toEqual(whole)
  expect(violationsInAnswer({ ...subscription, customer }, ['schedule'])).toEqual(whole)
  const list = { object: 'list', data: [{ ...subscription, customer }], has_more: false, url: '/' }
  expect(violationsInAnswer(list)).toEqual(whole)
  expect(violationsInAnswer(list, ['data.customer'])).toEqual([])
})

test('another type, a null too many and an unknown word are violations', () => {
  expect(violationsInAnswer({ ...subscription, created: '1' })).toEqual([
    'subscription.created: "1" is not number',
  ])
  expect(violationsInAnswer({ ...subscription, currency: null })).toEqual([
    'subscription.currency: null is not string',
  ])
  const [about] = violationsInAnswer({ ...subscription, status: 'live' })
  expect(about).toMatch(/^subscription.status: "live" is not "active" | "canceled"/)
  expect(violationsInAnswer({ ...price, unit_amount_decimal: 900 })).toEqual([
    'price.unit_amount_decimal: 900 is not Decimal | null',
  ])
  expect(violationsInAnswer({ ...customer, metadata: { a: 1 } })).toEqual([
    'customer.metadata.a: 1 is not string',
  ])
})

test('what Stripe shows only to those who ask is a violation when the request did not ask', () => {
  const coupon = { ...newCoupon(1, { id: 'C', duration: 'once' }), applies_to: { products: [] } }
  const discount = { ...newDiscount(1, coupon, {}), source: { type: 'coupon', coupon } }
  expect(violationsInAnswer(coupon)).toEqual([
    'coupon applies_to: shown although the request did not ask for it',
  ])
  expect(violationsInAnswer(coupon, ['applies_to'])).toEqual([])
  expect(violationsInAnswer(discount, ['source.coupon'])).toEqual([
    'coupon source.coupon.applies_to: shown although the request did not ask for it',
  ])
})

test('an event has the object that its type says, and previous attributes that this object has', () => {
  const event = {
    id: 'evt_1',
    object: 'event',
    api_version: '2026-10-28.endive',
    created: 1,
    livemode: false,
    pending_webhooks: 0,
    request: null,
    type: 'customer.subscription.updated',
  }
  const violationsOf = (data: object) => violationsInAnswer({ ...event, data })
  expect(
    violationsOf({ object: subscription, previous_attributes: { items: { data: items.data } } }),
  ).toEqual([])
  expect(violationsOf({ object: customer }).length).toBeGreaterThan(0)
  expect(
    violationsOf({ object: subscription, previous_attributes: { current_period_end: 1 } }),
  ).toEqual([
    'customer.subscription.updated.data.previous_attributes.current_period_end: no such field',
  ])
  expect(violationsInAnswer({ ...event, type: 'customer.subscription.renewed', data: {} })).toEqual(
    ['customer.subscription.renewed: no such event'],
  )
})

test('an object that Stripe does not have is a violation', () => {
  expect(violationsInAnswer({ object: 'plan_change' })).toEqual(['plan_change: no such object'])
  expect(violationsInAnswer({ id: 'x' })).toEqual(['undefined: no such object'])
})
