import { expect, test } from 'vitest'
import { readEnvelope } from '@/lib/stripe/envelope'
import { BODY_BYTES, eventBody } from './event-body'

test('an event of the bench is one that we take, as heavy as Stripe’s, and never the same', () => {
  const of = { userId: 'u', customerId: 'cus_1', subscriptionId: 'sub_1' }
  const [one, other] = [0, 1].map(() => eventBody({ object: 'subscription', metadata: {} }, of))
  expect(one).toHaveLength(BODY_BYTES)
  expect(readEnvelope(`${one}`)).toMatchObject({ customerId: 'cus_1', objectId: 'sub_1' })
  expect(one).not.toBe(other)
})
