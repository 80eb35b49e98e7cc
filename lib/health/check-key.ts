import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { takeTurn } from '@/lib/redis/take-turn'
import { findMissingPermissions } from '@/lib/stripe/permissions'
import { isRestricted } from '@/lib/stripe/restricted-key'

// Seconds. A serverless host boots often, and each look is ten calls.
const EVERY = 3_600

/**
 * Says at boot what a restricted key lacks, before a user presses a button that fails. It stops
 * nothing: Stripe may be slow or away while a server starts, and most of the application works without.
 * A full key is not asked about. Never throws.
 */
export async function checkKey(): Promise<void> {
  const { stripe, databaseFingerprint: namespace } = env()
  if (!isRestricted(stripe.secretKey)) return
  if (!(await takeTurn({ namespace, name: 'key', seconds: EVERY }))) return
  const missing = await findMissingPermissions()
  if (missing.length === 0) return
  log.error(
    { missing },
    `STRIPE_SECRET_KEY is a restricted key that lacks ${missing.join(', ')}. Add them at dashboard.stripe.com/apikeys.`,
  )
}
