import type Stripe from 'stripe'
import { metadata, withMetadata } from '@/sandbox/http/metadata'
import { missing, type Read, required } from '@/sandbox/http/rule'
import { either, flag, hash, ignored, integer, text } from '@/sandbox/http/rules'
import type { Tx } from '@/sandbox/store/transaction'
import { AMOUNTS, amountsOf } from './price-amounts'
import { productFor } from './product-for'
import { recurringOf, recurringShape } from './recurring'
import { named } from './references'

export const TRIAL_DAYS = integer(0, 730)

const PRODUCT = {
  id: text(),
  name: required(text()),
  metadata: metadata(),
  active: flag(),
  statement_descriptor: text(22),
  tax_code: ignored(),
  tax_details: ignored(),
  unit_label: text(12),
}

/** The parameters of `POST /v1/plans`. */
export const CREATE = {
  ...recurringShape,
  active: flag(),
  amount: AMOUNTS.unit_amount,
  amount_decimal: AMOUNTS.unit_amount_decimal,
  billing_scheme: AMOUNTS.billing_scheme,
  currency: required(text(3)),
  id: text(),
  metadata: metadata(),
  nickname: text(),
  product: either(text(), hash(PRODUCT)),
  tiers: AMOUNTS.tiers,
  tiers_mode: AMOUNTS.tiers_mode,
  transform_usage: AMOUNTS.transform_quantity,
  trial_period_days: TRIAL_DAYS,
}

/** What a plan says, as fields of the price that it is. */
export function priceFields(tx: Tx, params: Read<typeof CREATE>) {
  const { amount, amount_decimal, billing_scheme, tiers, tiers_mode, transform_usage } = params
  const recurring = recurringOf(params, 'meter')
  if (recurring?.meter) named(tx, 'billing.meter', recurring.meter, 'meter')
  return {
    product: productOf(tx, params),
    currency: params.currency.toLowerCase(),
    ...amountsOf(
      {
        unit_amount: amount,
        unit_amount_decimal: amount_decimal,
        transform_quantity: transform_usage,
        ...{ billing_scheme, tiers, tiers_mode },
      },
      'amount',
    ),
    recurring: recurring && { ...recurring, trial_period_days: params.trial_period_days ?? null },
    active: params.active ?? true,
    metadata: withMetadata({}, params.metadata),
    nickname: params.nickname ?? null,
  } satisfies Partial<Stripe.Price>
}

function productOf(tx: Tx, { product }: Read<typeof CREATE>): string {
  if (product === undefined) throw missing('product')
  return typeof product === 'string'
    ? productFor(tx, product, undefined, 'product')
    : productFor(tx, undefined, product, 'product')
}
