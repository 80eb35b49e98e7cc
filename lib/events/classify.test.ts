import { describe, expect, it } from 'vitest'
import { BRAND } from '@/lib/brand'
import type { VerifiedEvent } from '@/lib/stripe/envelope'
import { classify } from './classify'
import { handledEvents } from './handlers'

const OURS = { appEnv: 'test', livemode: false }

const event = (over: Partial<VerifiedEvent> = {}): VerifiedEvent => ({
  id: 'evt_1',
  type: 'customer.subscription.updated',
  created: new Date('2026-11-23T12:00:00Z'),
  livemode: false,
  account: null,
  apiVersion: '2026-10-28.endive',
  objectType: 'subscription',
  objectId: 'sub_1',
  customerId: 'cus_ada',
  chargeId: null,
  attempt: null,
  metadataApp: null,
  metadataEnv: null,
  payload: '{}',
  ...over,
})

describe('an event is for us', () => {
  it.each(handledEvents)('when it is %s of a customer, known to us or not', (type) => {
    expect(classify(event({ type }), OURS)).toEqual({ targetKey: 'cus_ada', reason: null })
  })

  it.each<[string, Partial<VerifiedEvent>]>([
    ['without any mark, as from the dashboard', {}],
    ['with our own mark', { metadataApp: BRAND.stripe.app, metadataEnv: 'test' }],
    ['of another API version', { apiVersion: '2020-08-27' }],
    ['born a month ago, and sent again', { created: new Date('2026-10-23T12:00:00Z') }],
  ])('%s', (_, over) => {
    expect(classify(event(over), OURS).targetKey).toBe('cus_ada')
  })
})

const NOT_OURS = [
  ['foreign_account', { account: 'acct_1' }],
  ['other_livemode', { livemode: true }],
  ['unknown_type', { type: 'charge.succeeded' }],
  ['foreign_app', { metadataApp: 'another-shop' }],
  ['foreign_environment', { metadataEnv: 'preview' }],
  ['no_customer', { customerId: null }],
] as const

describe('an event is not for us', () => {
  it.each(NOT_OURS)('for the reason %s', (reason, over) => {
    expect(classify(event(over), OURS)).toEqual({ targetKey: null, reason })
  })

  it('in test mode when ours is live', () => {
    expect(classify(event(), { ...OURS, livemode: true }).reason).toBe('other_livemode')
  })

  it.each(NOT_OURS.map(([reason], index) => [reason, index] as const))(
    'and of several reasons the first is given: %s before what follows it',
    (reason, index) => {
      const all = Object.assign({}, ...NOT_OURS.slice(index).map(([, over]) => over))
      expect(classify(event(all), OURS).reason).toBe(reason)
    },
  )
})
