import type Stripe from 'stripe'
import { newId } from '@/sandbox/ids'

/** A tax that a customer has to pay, and how it is reckoned. */
export function newTaxRate(
  now: number,
  given: Partial<Stripe.TaxRate> &
    Pick<Stripe.TaxRate, 'display_name' | 'inclusive' | 'percentage'>,
): Stripe.TaxRate {
  return {
    id: newId('txr'),
    object: 'tax_rate',
    active: true,
    country: null,
    created: now,
    description: null,
    effective_percentage: null,
    flat_amount: null,
    jurisdiction: given.country ?? null,
    jurisdiction_level: null,
    livemode: false,
    metadata: {},
    rate_type: 'percentage',
    state: null,
    tax_type: null,
    ...given,
  }
}
