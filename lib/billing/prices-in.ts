import { type PricesIn, pricesIn } from '@/lib/catalog/prices-in'
import { withDeadline } from '@/lib/deadline'
import { Unavailable } from '@/lib/errors'
import { failureText, log } from '@/lib/log'
import { countRead, mayRead, type Reader } from '@/lib/redis/person-reads'
import type { Billing } from './billing'

// A page waits no longer: then it shows its list, and says in which currency they pay.
const PATIENCE_MS = 2_000

/**
 * What the plans cost in the currency that a subscriber pays in; null when Stripe does not say, or
 * was asked too often. Never throws.
 */
export async function readPricesIn(reader: Reader, { price }: Billing): Promise<PricesIn | null> {
  if (!price) return null
  try {
    if (!(await mayRead(reader)).allowed) return null
    countRead()
    const late = () => new Unavailable('stripe_away')
    return await withDeadline(pricesIn(price.currency), PATIENCE_MS, late)
  } catch (error) {
    log.warn({ error: failureText(error) }, 'plans shown in the currency of the list')
    return null
  }
}
