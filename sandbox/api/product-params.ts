import type Stripe from 'stripe'
import { metadata } from '@/sandbox/http/metadata'
import { type Read, required } from '@/sandbox/http/rule'
import { clearable, flag, hash, ignored, list, text, url } from '@/sandbox/http/rules'
import { AMOUNTS, CURRENCY_OPTIONS, TAX_BEHAVIOR } from './price-amounts'
import { recurringShape } from './recurring'

const { interval, interval_count } = recurringShape

/** The parameters that describe a product, at its creation and at each update. */
export const DETAILS = {
  active: flag(),
  description: clearable(text(40_000)),
  images: list(text(), 8),
  marketing_features: list(hash({ name: required(text(80)) }), 15),
  metadata: metadata(),
  statement_descriptor: clearable(text(22)),
  tax_code: clearable(text()),
  unit_label: clearable(text(12)),
  url: clearable(url()),
  shippable: flag(),
  package_dimensions: ignored(),
}

/** The price that can be made together with a product. */
export const DEFAULT_PRICE = {
  currency: required(text(3)),
  unit_amount: AMOUNTS.unit_amount,
  unit_amount_decimal: AMOUNTS.unit_amount_decimal,
  currency_options: CURRENCY_OPTIONS,
  recurring: hash({ interval, interval_count }),
  metadata: metadata(),
  tax_behavior: TAX_BEHAVIOR,
}

const PLAIN = [
  'active',
  'description',
  'images',
  'marketing_features',
  'shippable',
  'statement_descriptor',
  'tax_code',
  'unit_label',
  'url',
] as const

/** The fields that were given. */
export function detailsOf(params: Read<typeof DETAILS>): Partial<Stripe.Product> {
  const given = PLAIN.filter((field) => params[field] !== undefined).map((field) => [
    field,
    params[field],
  ])
  return Object.fromEntries(given)
}
