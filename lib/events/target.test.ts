import { describe, expect, it } from 'vitest'
import { parseTarget, targetOf } from './target'

const NOTHING = { customerId: null, chargeId: null, objectType: null, objectId: null }

describe('an event leads us to', () => {
  it.each([
    ['its customer', { customerId: 'cus_1', objectType: 'invoice', objectId: 'in_1' }, 'cus_1'],
    [
      'its customer before its charge, which is the customer’s, too',
      { customerId: 'cus_1', chargeId: 'ch_1', objectType: 'charge', objectId: 'ch_1' },
      'cus_1',
    ],
    [
      'the charge that is disputed',
      { chargeId: 'ch_1', objectType: 'dispute', objectId: 'dp_1' },
      'ch_1',
    ],
    ['its price', { objectType: 'price', objectId: 'price_1' }, 'price_1'],
    ['its product', { objectType: 'product', objectId: 'prod_1' }, 'prod_1'],
  ] as const)('%s', (_, event, key) => {
    expect(targetOf({ ...NOTHING, ...event })).toBe(key)
    expect(parseTarget(key).id).toBe(key)
  })

  it.each([
    ['a plan from before prices', { objectType: 'price', objectId: 'gold' }],
    ['what only looks like a price', { objectType: 'coupon', objectId: 'price_1' }],
    ['nothing', {}],
  ])('nothing that we follow: %s', (_, event) => {
    expect(targetOf({ ...NOTHING, ...event })).toBeNull()
  })
})

it('an unreadable target is refused by its name', () => {
  expect(() => parseTarget('in_1')).toThrow('Nothing is known of a target called in_1.')
})
