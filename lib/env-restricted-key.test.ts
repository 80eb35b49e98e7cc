import { describe, expect, it } from 'vitest'
import { parseEnv } from './env'
import { EnvironmentError } from './env-error'

const GOOD = {
  APP_ENV: 'development',
  APP_URL: 'http://localhost:3000',
  DATABASE_URL: 'postgres://ledgerline:hunter2@db.internal:5432/ledgerline',
  STRIPE_WEBHOOK_SECRET: 'whsec_4c1a7f2e9b3d5a60718293a4b5c6d7e8',
  UPSTASH_REDIS_REST_URL: 'https://eu1-shared.upstash.io',
  UPSTASH_REDIS_REST_TOKEN: 'AXlzZWNyZXQ',
  AUTH_SECRET: 'b64/0kq5Qn6yJm3vVvqk1dDq8r0u1Zy2w3',
}
const TEST_KEY = 'rk_test_51LedgerlineLedgerline'
const LIVE_KEY = 'rk_live_51LedgerlineLedgerline'

function problemsOf(variables: Record<string, string>): string {
  try {
    parseEnv({ ...GOOD, ...variables })
    return ''
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems.join('\n')
    throw error
  }
}

describe('a restricted key of Stripe', () => {
  it('is a key like any other', () => {
    expect(parseEnv({ ...GOOD, STRIPE_SECRET_KEY: TEST_KEY }).stripe).toMatchObject({
      secretKey: TEST_KEY,
      livemode: false,
    })
    const live = { ...GOOD, APP_ENV: 'production', APP_URL: 'https://app.example.com' }
    expect(parseEnv({ ...live, STRIPE_SECRET_KEY: LIVE_KEY }).stripe.livemode).toBe(true)
  })

  it.each(['development', 'test', 'preview'])('that is live does not start %s', (appEnv) => {
    expect(problemsOf({ STRIPE_SECRET_KEY: LIVE_KEY, APP_ENV: appEnv })).toContain(
      'live keys belong to production',
    )
  })

  it('that is live never leaves for the address of a sandbox', () => {
    const given = { STRIPE_SECRET_KEY: LIVE_KEY, STRIPE_API_BASE: 'http://127.0.0.1:12111' }
    expect(problemsOf(given)).toContain('a live key must never leave for another host')
  })

  it.each([
    'rk_',
    'rk_test_',
    'rk_other_51Ledgerline',
    'pk_test_51Ledgerline',
    'RK_TEST_51Ledgerline',
  ])('%s is none', (key) => {
    expect(problemsOf({ STRIPE_SECRET_KEY: key })).toContain(
      'STRIPE_SECRET_KEY does not look right',
    )
  })
})
