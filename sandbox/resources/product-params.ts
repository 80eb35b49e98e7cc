import type Stripe from 'stripe'
import { metadata } from '@/sandbox/http/metadata'
import { type Read, required } from '@/sandbox/http/rule'
import {
  clearable,
  flag,
  hash,
  ignored,
  integer,
  list,
  text,
  unplayed,
  url,
} from '@/sandbox/http/rules'
import { recurringShape } from './recurring'

/** What a product is told by, when it is made and when it is changed. */
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
  unit_amount: integer(0),
  recurring: hash(recurringShape),
  metadata: metadata(),
  tax_behavior: ignored(),
  currency_options: unplayed(),
  custom_unit_amount: unplayed(),
  unit_amount_decimal: unplayed(),
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
