import type Stripe from 'stripe'
import type { Money } from '@/lib/money'
import { callStripe } from './call'

/** A price as it is sold: in its own currency, and in those that it has an option for. */
export type SoldPrice = { id: string; lookupKey: string | null; amounts: readonly Money[] }

/** The active prices that hold these lookup keys now; Stripe takes ten keys at most. */
export async function listSoldPrices(keys: readonly string[]): Promise<SoldPrice[]> {
  const { data } = await callStripe((stripe) =>
    stripe.prices.list({
      ...{ lookup_keys: [...keys], active: true, limit: 100 },
      expand: ['data.currency_options'],
    }),
  )
  return data.map(sold)
}

/** @throws {NotFound} Stripe does not have it */
export async function retrieveSoldPrice(id: string): Promise<SoldPrice> {
  const expand = ['currency_options']
  return sold(await callStripe((stripe) => stripe.prices.retrieve(id, { expand })))
}

function sold({
  id,
  lookup_key,
  currency,
  unit_amount,
  currency_options,
}: Stripe.Price): SoldPrice {
  // Stripe lists its own currency among the options, too.
  const amounts = Object.entries({ ...currency_options, [currency]: { unit_amount } })
  return {
    id,
    lookupKey: lookup_key,
    amounts: amounts.flatMap(([code, option]) =>
      option.unit_amount === null ? [] : [{ amount: option.unit_amount, currency: code }],
    ),
  }
}
