import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { decimalNumber } from '@/sandbox/http/decimal-rule'
import { mapOf } from '@/sandbox/http/map-rule'
import { missing, type Read, required } from '@/sandbox/http/rule'
import { either, hash, ignored, integer, list, oneOf } from '@/sandbox/http/rules'
import { decimal } from '@/sandbox/objects/decimal'

const MAX_DECIMAL = 1e12
const fraction = decimalNumber(-1, MAX_DECIMAL)

export const TAX_BEHAVIOR = oneOf('exclusive', 'inclusive', 'unspecified')

const TIERS = list(
  hash({
    up_to: required(either(oneOf('inf'), integer(1))),
    flat_amount: integer(0),
    flat_amount_decimal: fraction,
    unit_amount: integer(0),
    unit_amount_decimal: fraction,
  }),
)

const IN_CURRENCY = {
  unit_amount: integer(0),
  unit_amount_decimal: fraction,
  tiers: TIERS,
  tax_behavior: TAX_BEHAVIOR,
  custom_unit_amount: ignored(),
}

export const CURRENCY_OPTIONS = mapOf(hash(IN_CURRENCY))

/** How much a price is. */
export const AMOUNTS = {
  unit_amount: integer(0),
  unit_amount_decimal: fraction,
  billing_scheme: oneOf('per_unit', 'tiered'),
  tiers: TIERS,
  tiers_mode: oneOf('graduated', 'volume'),
  transform_quantity: hash({
    divide_by: required(integer(1)),
    round: required(oneOf('down', 'up')),
  }),
  currency_options: CURRENCY_OPTIONS,
}

/** The amounts of a price as the object holds them. */
export function amountsOf(
  params: Partial<Read<typeof AMOUNTS>>,
  amount = 'unit_amount',
): Pick<
  Stripe.Price,
  | 'billing_scheme'
  | 'currency_options'
  | 'tiers'
  | 'tiers_mode'
  | 'transform_quantity'
  | 'unit_amount'
  | 'unit_amount_decimal'
> {
  const tiered = params.billing_scheme === 'tiered'
  if (tiered && !params.tiers) throw missing('tiers')
  if (tiered && !params.tiers_mode) throw missing('tiers_mode')
  if (!tiered && params.tiers)
    throw ApiError.invalid('You may only pass tiers with billing_scheme=tiered.', 'tiers')
  if (!tiered && params.unit_amount === undefined && params.unit_amount_decimal === undefined)
    throw missing(amount)
  const options = optionsOf(params.currency_options)
  return {
    ...unitOf(tiered ? {} : params),
    billing_scheme: params.billing_scheme ?? 'per_unit',
    tiers_mode: params.tiers_mode ?? null,
    transform_quantity: params.transform_quantity ?? null,
    ...(params.tiers ? { tiers: params.tiers.map(tierOf) } : {}),
    ...(options ? { currency_options: options } : {}),
  }
}

/** The amounts of a price in other currencies than its own. */
export function optionsOf(given: Read<{ of: typeof CURRENCY_OPTIONS }>['of']) {
  if (!given) return undefined
  const entries = Object.entries(given).map(
    ([currency, option]): [string, Stripe.Price.CurrencyOptions] => [
      currency.toLowerCase(),
      {
        ...unitOf(option),
        custom_unit_amount: null,
        tax_behavior: option.tax_behavior ?? 'unspecified',
        ...(option.tiers ? { tiers: option.tiers.map(tierOf) } : {}),
      },
    ],
  )
  return Object.fromEntries(entries)
}

interface Unit {
  unit_amount?: number | undefined
  unit_amount_decimal?: number | undefined
}

/** A whole number of minor units, and the same as a decimal; a fraction has no whole number. */
function unitOf({ unit_amount: whole, unit_amount_decimal: exact = whole }: Unit) {
  if (exact === undefined) return { unit_amount: null, unit_amount_decimal: null }
  return {
    unit_amount: Number.isInteger(exact) ? exact : null,
    unit_amount_decimal: decimal(exact),
  }
}

function tierOf(tier: NonNullable<Read<typeof IN_CURRENCY>['tiers']>[number]): Stripe.Price.Tier {
  const { flat_amount: flat, flat_amount_decimal: exact = flat, up_to } = tier
  return {
    flat_amount: exact !== undefined && Number.isInteger(exact) ? exact : null,
    flat_amount_decimal: exact === undefined ? null : decimal(exact),
    ...unitOf(tier),
    up_to: up_to === 'inf' ? null : up_to,
  }
}
