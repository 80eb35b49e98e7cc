import type Stripe from 'stripe'
import { type Read, required } from '@/sandbox/http/rule'
import { integer, oneOf } from '@/sandbox/http/rules'

/** The parameters of a price's rhythm. */
export const recurringShape = {
  interval: required(oneOf('day', 'week', 'month', 'year')),
  interval_count: integer(1, 1095),
  usage_type: oneOf('licensed'),
}

/** The rhythm of a price as the object holds it; null for a price that is paid once. */
export function recurringOf(
  given: Pick<Read<typeof recurringShape>, 'interval' | 'interval_count'> | undefined,
): Stripe.Price.Recurring | null {
  if (!given) return null
  return {
    interval: given.interval,
    interval_count: given.interval_count ?? 1,
    meter: null,
    trial_period_days: null,
    usage_type: 'licensed',
  }
}
