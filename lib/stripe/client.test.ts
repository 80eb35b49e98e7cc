import { expect, test } from 'vitest'
import { connect } from './client'

test('a live key never leaves for another host', () => {
  const apiBase = new URL('http://127.0.0.1:12111')
  expect(() => connect({ secretKey: 'sk_live_1234', apiBase })).toThrow('Only a test key')
  expect(() => connect({ secretKey: 'rk_live_1234', apiBase })).toThrow('Only a test key')
})

test.each([
  ['http://127.0.0.1:12111', '127.0.0.1', '12111', 'http'],
  ['http://localhost', 'localhost', 80, 'http'],
  ['https://stripe.test', 'stripe.test', 443, 'https'],
  ['http://[::1]:12111', '::1', '12111', 'http'],
])('%s is where requests go', (base, host, port, protocol) => {
  const stripe = connect({ secretKey: 'sk_test_1234', apiBase: new URL(base) })
  expect(stripe.getApiField('host')).toBe(host)
  expect(stripe.getApiField('port')).toBe(port)
  expect(stripe.getApiField('protocol')).toBe(protocol)
})

test('without a base they go to Stripe, in bounded time', () => {
  const stripe = connect({ secretKey: 'sk_live_1234', apiBase: null })
  expect(stripe.getApiField('host')).toBe('api.stripe.com')
  expect(stripe.getApiField('timeout')).toBe(8000)
  expect(stripe.getMaxNetworkRetries()).toBe(1)
  expect(stripe.getTelemetryEnabled()).toBe(false)
})
