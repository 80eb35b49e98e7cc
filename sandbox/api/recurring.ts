import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { type Read, required } from '@/sandbox/http/rule'
import { integer, oneOf, text } from '@/sandbox/http/rules'

/** The parameters of a price's interval. */
export const recurringShape = {
  interval: required(oneOf('day', 'week', 'month', 'year')),
  interval_count: integer(1, 1095),
  usage_type: oneOf('licensed', 'metered'),
  meter: text(),
}

type Given = Read<typeof recurringShape>

/** The interval of a price as the object holds it; null for a price that is paid once. */
export function recurringOf(
  given: (Pick<Given, 'interval'> & Partial<Given>) | undefined,
  param = 'recurring[meter]',
): Stripe.Price.Recurring | null {
  if (!given) return null
  if (given.usage_type === 'metered' && given.meter === undefined)
    throw ApiError.invalid('A metered price needs a meter.', param, 'parameter_missing')
  return {
    interval: given.interval,
    interval_count: given.interval_count ?? 1,
    meter: given.meter ?? null,
    trial_period_days: null,
    usage_type: given.usage_type ?? 'licensed',
  }
}
