import { expect, test } from 'vitest'
import { destination } from '@/app/sign-in/destination'
import { wayBack } from './way-back'

const PAGE = '/settings/billing/payment-method'

test('a customer whose session ended at their bank finds what they left there after signing in', () => {
  const to = wayBack({
    ...{ setup_intent: 'seti_1', proof: 'a-b.c_d', redirect_status: 'succeeded' },
    setup_intent_client_secret: 'seti_1_secret_2',
  })
  expect(to).toBe(`${PAGE}?setup_intent=seti_1&proof=a-b.c_d`)
  expect(destination({ return: to })).toBe(to)
})

test('without anything left, or with what is no text, signing in leads to the page alone', () => {
  expect(wayBack({})).toBe(PAGE)
  expect(wayBack({ setup_intent: ['seti_1', 'seti_2'] })).toBe(PAGE)
  expect(destination({ return: wayBack({ setup_intent: '//evil.test?<script>' }) })).toMatch(
    /^\/settings\/billing\/payment-method\?setup_intent=%2F%2Fevil/,
  )
})
