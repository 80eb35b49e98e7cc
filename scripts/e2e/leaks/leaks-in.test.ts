import { describe, expect, it } from 'vitest'
import { leaksIn } from './leaks-in'

const HIDDEN = [{ what: 'AUTH_SECRET', text: 'a-secret-of-this-run' }]

describe('what a run leaves', () => {
  it.each([
    ['AUTH_SECRET', '{"cookie":"a-secret-of-this-run"}'],
    ['an API key', `{"key":"ll_test_${'a1'.repeat(20)}"}`],
    ['a key of Stripe', 'No such key: sk_test_51Habcdefgh'],
    ['a webhook secret', 'const s = "whsec_MfKQ9r8GKYqrTwjUPD8"'],
    ['a signature', `stripe-signature: t=1,v1=${'0f'.repeat(32)}`],
    ['a session', 'cookie: authjs.session-token=3f0c9a52-1111'],
    ['an address of Postgres', 'connect postgres://app:pw@localhost/app'],
    ['a card’s number', '<p>4242 4242 4242 4242</p>'],
    ['a card’s number', '{"number":"378282246310005"}'],
    ['a card’s number', 'card 4000-0025-0000-3155 was refused'],
  ])('holds %s, and it is found and not said again: %j', (what, text) => {
    expect(leaksIn(text, HIDDEN)).toEqual([what])
  })

  it.each([
    'STRIPE_SECRET_KEY is not set. It begins with sk_test_.',
    'A key looks like ll_live_… and is shown once.',
    '{"at":1764286425123,"fence":9007199254740991,"id":"4242424242424243"}',
    'req_42424242424242424242 evt_4242424242424242 4242424242424242.5',
    'Visa ending in 4242',
  ])('may say %j', (text) => {
    expect(leaksIn(text, HIDDEN)).toEqual([])
  })
})
