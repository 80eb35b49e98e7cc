import { randomBytes } from 'node:crypto'
import { given } from './given'

/**
 * Puts something harmless into every variable that the environment must have and a script that only
 * asks the database never uses: whatever stands there can then neither be wrong nor be used.
 */
export function standIn(): void {
  const random = randomBytes(24).toString('hex')
  delete process.env.STRIPE_API_BASE
  Object.assign(process.env, {
    APP_URL: 'https://unused.invalid',
    STRIPE_SECRET_KEY: `sk_test_${random}`,
    STRIPE_WEBHOOK_SECRET: `whsec_${random}`,
    UPSTASH_REDIS_REST_URL: 'https://unused.invalid',
    UPSTASH_REDIS_REST_TOKEN: random,
    AUTH_SECRET: given('AUTH_SECRET') ?? random,
  })
}
