import type { Account } from './account'
import { ask } from './http-client'

export type Shop = {
  prices: readonly [string, ...string[]]
  coupons: readonly [string, ...string[]]
}

/** What an account sells: Pro and Studio by the month and by the year, and coupons that take a part or all. */
export function openShop({ sandbox }: Account): Shop {
  const make = (path: string, form: Record<string, string>) => {
    const sent = new URLSearchParams(form).toString()
    const { status, body } = ask(sandbox, 'POST', path, sent, 'req_shop')
    if (status !== 200 || !('id' in body)) throw new Error(`${path}: ${JSON.stringify(body)}`)
    return String(body.id)
  }
  const price = (tier: string, unit_amount: string, interval: string) =>
    make('/v1/prices', {
      'product_data[name]': tier,
      unit_amount,
      currency: 'usd',
      'recurring[interval]': interval,
      'metadata[tier]': tier,
    })
  return {
    prices: [
      price('pro', '1900', 'month'),
      price('pro', '19000', 'year'),
      price('studio', '4900', 'month'),
      price('studio', '49000', 'year'),
    ],
    coupons: [
      make('/v1/coupons', { percent_off: '100', duration: 'once' }),
      make('/v1/coupons', { percent_off: '100', duration: 'forever' }),
      make('/v1/coupons', { percent_off: '33.3', duration: 'once' }),
      make('/v1/coupons', { amount_off: '700', currency: 'usd', duration: 'forever' }),
    ],
  }
}
