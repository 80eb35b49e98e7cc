import { expect, test } from 'vitest'
import { parseEnv } from './env'
import { GOOD, PRODUCTION } from './env.fixture'
import { remarks } from './env-remarks'

const WHOLE = {
  ...PRODUCTION,
  AUTH_GITHUB_ID: 'Iv1.1',
  AUTH_GITHUB_SECRET: 'shh',
  CRON_SECRET: 'k3W9x1Vb7Zq5Mn8Pc2Lf6Jt4Rh0Yd5Gs1UeOa',
  TRUSTED_PROXIES: '1',
}

test('a deployment that has everything gets no remarks, and neither does a developer', () => {
  expect(remarks(parseEnv(WHOLE))).toEqual([])
  expect(remarks(parseEnv(GOOD))).toEqual([])
})

test.each([
  ['STRIPE_SECRET_KEY', GOOD.STRIPE_SECRET_KEY, 'test cards buy real plans here'],
  ['CRON_SECRET', undefined, 'no scheduled job may run'],
  ['TRUSTED_PROXIES', undefined, 'all visitors share one limit'],
])('with %s as %s, production starts and says what follows', (name, value, remark) => {
  expect(remarks(parseEnv({ ...WHOLE, [name]: value }))).toEqual([expect.stringContaining(remark)])
})

test('Checkout within a page of ours without the key that it takes: the start says where plans are paid for', () => {
  const embedded = { ...GOOD, STRIPE_CHECKOUT_UI: 'embedded_page' }
  expect(remarks(parseEnv(embedded))).toEqual([
    expect.stringContaining('plans are paid for on Stripe’s own page'),
  ])
  const key = { NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY: 'pk_test_51Ledgerline' }
  expect(remarks(parseEnv({ ...embedded, ...key }))).toEqual([])
})

test('on Vercel nothing is to be said about proxies', () => {
  const vercel = { VERCEL: '1', VERCEL_ENV: 'production', TRUSTED_PROXIES: undefined }
  expect(remarks(parseEnv({ ...WHOLE, ...vercel }))).toEqual([])
})

test('a deployment without a sign-in method says so', () => {
  const none = { AUTH_GITHUB_ID: undefined, AUTH_GITHUB_SECRET: undefined }
  expect(remarks(parseEnv({ ...WHOLE, ...none }))).toEqual([
    expect.stringContaining('No user can sign in'),
  ])
})
