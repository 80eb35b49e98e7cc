import type { directly } from './direct'

type Call = ReturnType<typeof directly>

/** The event by which what is used is counted. */
export const USED = 'calls'

/** What random lifecycles buy, and what was found to be wrong in their answers and events. */
export type Shop = ReturnType<typeof openShop>

/** Prices, by the month and by the year, by tiers and by use; coupons and taxes. Each has an amount in euros. */
export function openShop(call: Call) {
  const made = (path: string, form: Record<string, string>) => {
    const answer = call('POST', path, form)
    if (!answer.ok) throw new Error(`${path}: ${answer.error.message}`)
    return String(answer.body.id)
  }
  const price = (product: string, unit_amount: string, interval: string, more = {}) =>
    made('/v1/prices', {
      product,
      unit_amount,
      currency: 'usd',
      'recurring[interval]': interval,
      'currency_options[eur][unit_amount]': unit_amount.replace(/.$/, '7'),
      ...more,
    })
  const tiersAt = (at: string, first: string) => ({
    [`${at}[0][up_to]`]: '2',
    [`${at}[0][flat_amount]`]: '500',
    [`${at}[0][unit_amount_decimal]`]: first,
    [`${at}[1][up_to]`]: 'inf',
    [`${at}[1][unit_amount]`]: '150',
  })
  const tiered = (product: string, more = {}) =>
    made('/v1/prices', {
      product,
      currency: 'usd',
      'recurring[interval]': 'month',
      billing_scheme: 'tiered',
      tiers_mode: 'graduated',
      ...tiersAt('tiers', '33.3'),
      ...tiersAt('currency_options[eur][tiers]', '31.7'),
      ...more,
    })
  const meter = made('/v1/billing/meters', {
    display_name: 'Calls',
    event_name: USED,
    'default_aggregation[formula]': 'sum',
  })
  const byUse = { 'recurring[usage_type]': 'metered', 'recurring[meter]': meter }
  const pro = made('/v1/products', { name: 'Pro' })
  const studio = made('/v1/products', { name: 'Studio' })
  const rate = (inclusive: string, percentage: string) =>
    made('/v1/tax_rates', { display_name: 'Tax', inclusive, percentage })
  return {
    wrongs: [] as string[],
    prices: [
      price(pro, '1900', 'month'),
      price(pro, '19000', 'year', { tax_behavior: 'inclusive' }),
      price(studio, '4999', 'month', { tax_behavior: 'exclusive' }),
      price(studio, '333', 'week'),
      tiered(studio),
      price(pro, '13', 'month', byUse),
      tiered(studio, byUse),
    ],
    rates: [rate('true', '7'), rate('false', '8.875')],
    coupons: [
      made('/v1/coupons', { percent_off: '33.3', duration: 'once' }),
      made('/v1/coupons', { percent_off: '20', duration: 'repeating', duration_in_months: '3' }),
      made('/v1/coupons', { amount_off: '700', currency: 'usd', duration: 'forever' }),
      made('/v1/coupons', { percent_off: '100', duration: 'once' }),
    ],
  }
}
