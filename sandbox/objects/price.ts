import type Stripe from 'stripe'
import { newId } from '@/sandbox/ids'
import { decimal } from './decimal'

type Given = Partial<Stripe.Price> & {
  product: string
  currency: string
  unit_amount: number | null
}

/** A price of a fixed amount per unit, in integer minor units. */
export function newPrice(now: number, given: Given): Stripe.Price {
  return {
    id: newId('price'),
    object: 'price',
    active: true,
    billing_scheme: 'per_unit',
    created: now,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    recurring: null,
    tax_behavior: 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: given.recurring ? 'recurring' : 'one_time',
    unit_amount_decimal: given.unit_amount === null ? null : decimal(given.unit_amount),
    ...given,
  }
}
