import type { ApiKeyMode } from '@/db/schema/api-keys'
import { env } from '@/lib/env'

/** The mode of keys here: live only in production and with a live Stripe key, test everywhere else. */
export function apiKeyMode(): ApiKeyMode {
  const { appEnv, stripe } = env()
  return appEnv === 'production' && stripe.livemode ? 'live' : 'test'
}
