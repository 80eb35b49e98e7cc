import { describe, expect, it } from 'vitest'
import { GOOD, LIVE_KEY, PRODUCTION, problemsOf } from './env.fixture'
import { PRICE_VARIABLES } from './env-prices'

const TEST_KEY = GOOD.STRIPE_SECRET_KEY
const PREVIEW = { ...PRODUCTION, APP_ENV: 'preview', STRIPE_SECRET_KEY: TEST_KEY }

describe('the address of a sandbox', () => {
  it.each(['development', 'test', 'preview'])('may be on this machine in %s', (APP_ENV) => {
    for (const STRIPE_API_BASE of [
      'http://127.0.0.1:12111',
      'http://localhost:1',
      'http://[::1]:1',
    ])
      expect(problemsOf({ ...GOOD, APP_ENV, STRIPE_API_BASE })).toEqual([])
  })

  it.each(['development', 'test', 'preview'])('may not be on another machine in %s', (APP_ENV) => {
    for (const STRIPE_API_BASE of [
      ...['https://api.stripe.com', 'https://evil.example', 'http://10.0.0.5:12111'],
      ...['http://localhost.evil.example', 'http://[2001:db8::1]', 'http://0.0.0.0:12111'],
    ]) {
      const problems = problemsOf({ ...GOOD, APP_ENV, STRIPE_API_BASE })
      expect(problems).toEqual([
        expect.stringContaining('STRIPE_API_BASE leads to another machine.'),
      ])
    }
  })

  it('may be a container’s beside a developer, and not in a preview', () => {
    const STRIPE_API_BASE = 'http://stripe:12111'
    expect(problemsOf({ ...GOOD, STRIPE_API_BASE })).toEqual([])
    expect(problemsOf({ ...PREVIEW, STRIPE_API_BASE })).toHaveLength(1)
  })

  it.each([
    'http://user@127.0.0.1:12111',
    'http://127.0.0.1:12111/v1',
    'http://127.0.0.1:12111?key=1',
    'http://127.0.0.1:12111#x',
  ])('is a host alone, unlike %s', (STRIPE_API_BASE) => {
    expect(problemsOf({ ...GOOD, STRIPE_API_BASE })).toEqual([
      expect.stringContaining('STRIPE_API_BASE must be scheme, host and port alone'),
    ])
  })
})

describe('keys that do not fit', () => {
  it.each(['preview', 'development'])(
    'are live ones where Vercel says %s, whatever APP_ENV says',
    (VERCEL_ENV) => {
      expect(problemsOf({ ...PRODUCTION, VERCEL_ENV })).toEqual([
        expect.stringContaining(`VERCEL_ENV is ${VERCEL_ENV}. Use a test key here`),
      ])
      expect(problemsOf({ ...PRODUCTION, VERCEL_ENV: 'production' })).toEqual([])
    },
  )

  it.each([
    ['pk_live_51Ledgerline', TEST_KEY],
    ['pk_test_51Ledgerline', LIVE_KEY],
  ])('are a half of one mode and a half of the other: %s', (publishable, key) => {
    const given = { STRIPE_SECRET_KEY: key, NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY: publishable }
    expect(problemsOf({ ...PRODUCTION, ...given })).toEqual([
      expect.stringContaining('differ in mode'),
    ])
  })
})

it('one price cannot be two plans', () => {
  const [first = '', second = '', ...others] = PRICE_VARIABLES
  const given = { [first]: 'price_1', [second]: 'price_2' }
  const other = others[0] ?? second
  expect(problemsOf({ ...GOOD, ...given })).toEqual([])
  expect(problemsOf({ ...GOOD, ...given, [other]: 'price_1' })).toEqual([
    `${first} and ${other} are one price: each plan and interval needs its own.`,
  ])
})

it('a deployment that sends mail names its sender', () => {
  const EMAIL_SERVER = 'smtps://user:password@smtp.example.com:465'
  expect(problemsOf({ ...GOOD, EMAIL_SERVER })).toEqual([])
  expect(problemsOf({ ...PRODUCTION, EMAIL_SERVER })).toEqual([
    expect.stringContaining('EMAIL_SERVER is set and EMAIL_FROM is not'),
  ])
  const EMAIL_FROM = 'Ledgerline <billing@example.com>'
  expect(problemsOf({ ...PRODUCTION, EMAIL_SERVER, EMAIL_FROM })).toEqual([])
})

it.each(['Ledgerline', 'a@b, c@d', 'Ledgerline <billing>', 'x@y\r\nBcc: z@y'])(
  'mail does not come from %j',
  (EMAIL_FROM) => {
    expect(problemsOf({ ...GOOD, EMAIL_FROM })).toEqual([
      expect.stringContaining('EMAIL_FROM must'),
    ])
  },
)

it.each(['ada@example.com;bob@example.com', 'ada', 'Ada <ada@example.com>'])(
  'operator addresses that would silently match no user are refused: %s',
  (ADMIN_EMAILS) => {
    expect(problemsOf({ ...GOOD, ADMIN_EMAILS })).toEqual([expect.stringContaining('ADMIN_EMAILS')])
  },
)

describe('trusted proxies', () => {
  it('are given as a number, or by their addresses', () => {
    for (const TRUSTED_PROXIES of ['0', '1', '10.0.0.0/8', '::1, 2001:db8::/32'])
      expect(problemsOf({ ...PRODUCTION, TRUSTED_PROXIES })).toEqual([])
    for (const TRUSTED_PROXIES of ['yes', '0.0.0.0/0', 'proxy.internal', '10.0.0.1;10.0.0.2'])
      expect(problemsOf({ ...PRODUCTION, TRUSTED_PROXIES })).toEqual([
        expect.stringContaining('TRUSTED_PROXIES must say'),
      ])
  })

  it('are not given where the platform knows them', () => {
    const vercel = { VERCEL: '1', VERCEL_ENV: 'production' }
    expect(problemsOf({ ...PRODUCTION, ...vercel })).toEqual([])
    expect(problemsOf({ ...PRODUCTION, ...vercel, TRUSTED_PROXIES: '1' })).toEqual([
      expect.stringContaining('TRUSTED_PROXIES is set on Vercel'),
    ])
  })
})
