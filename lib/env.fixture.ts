import { parseEnv } from './env'
import { EnvironmentError } from './env-error'

export const LIVE_KEY = 'sk_live_51LedgerlineLedgerline'
export const HOOK = 'whsec_4c1a7f2e9b3d5a60718293a4b5c6d7e8'

/** Nothing is wrong with this one. */
export const GOOD = {
  APP_ENV: 'development',
  APP_URL: 'http://localhost:3000',
  DATABASE_URL: 'postgres://ledgerline:hunter2@db.internal:5432/ledgerline',
  STRIPE_SECRET_KEY: 'sk_test_51LedgerlineLedgerline',
  STRIPE_WEBHOOK_SECRET: HOOK,
  UPSTASH_REDIS_REST_URL: 'https://eu1-shared.upstash.io',
  UPSTASH_REDIS_REST_TOKEN: 'AXlzZWNyZXQ',
  AUTH_SECRET: 'b64/0kq5Qn6yJm3vVvqk1dDq8r0u1Zy2w3',
}

/** The same where money moves. */
export const PRODUCTION = {
  ...GOOD,
  APP_ENV: 'production',
  APP_URL: 'https://app.example.com',
  STRIPE_SECRET_KEY: LIVE_KEY,
}

/** What a server with these variables says instead of starting. */
export function problemsOf(variables: Record<string, string | undefined>): string[] {
  try {
    parseEnv(variables)
    return []
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems
    throw error
  }
}
