import { expect, it } from 'vitest'
import { allowed } from './allowed'

it.each([
  ['an event', 'evt_1PgafmB7WZ01zgkW6dKueIc5'],
  ['a customer', 'cus_1'],
  ['a type', 'customer.subscription.updated'],
  ['a request at Stripe', 'req_AbC123'],
  ['a request at Vercel', 'fra1::iad1::x7k2p-1764298920000-0123456789ab'],
  ['a path', '/v1/subscriptions/sub_1'],
])('the id of %s may be in a span', (_, value) => {
  expect(allowed({ id: value })).toEqual({ id: value })
})

it.each([
  ['an email address', 'ada@example.com'],
  ['an address with a query', '/v1/customers?email=ada%40example.com'],
  ['words', 'No such customer: ada'],
  ['a Stripe key', 'sk_test_51Ledgerline'],
  ['a restricted key', 'rk_live_51Ledgerline'],
  ['the key of a sandbox without an account', 'rkcs_test_51Ledgerline'],
  ['a webhook secret', 'whsec_4c1a7f2e9b3d5a60'],
  ['an API key of ours', 'll_live_0123456789abcdef'],
  ['a client secret', 'pi_1_secret_2'],
  ['a secret of OpenSSL', 'k3W9x1Vb7Zq5Mn8Pc2Lf6Jt4Rh0Yd5Gs1UeOa+='],
  ['a payload', '{"id":"evt_1"}'],
  ['what is too long for an id', 'a'.repeat(129)],
])('%s is in no span, whatever it is called', (_, value) => {
  expect(allowed({ id: value, ids: [value, 'evt_1'] })).toEqual({ ids: ['evt_1'] })
})

it('what is not known is left out, and of a burst the first twenty events are named', () => {
  const ids = Array.from({ length: 500 }, (_, n) => `evt_${n}`)
  expect(allowed({ target: null, ids, fence: 3, ok: true })).toEqual({
    ...{ ids: ids.slice(0, 20), fence: 3, ok: true },
  })
})
