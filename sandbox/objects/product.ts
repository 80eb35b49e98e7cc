import type Stripe from 'stripe'
import { newId } from '@/sandbox/ids'

/** A product, active and without a price. */
export function newProduct(
  now: number,
  given: Partial<Stripe.Product> & { name: string },
): Stripe.Product {
  return {
    id: newId('prod'),
    object: 'product',
    active: true,
    created: now,
    default_price: null,
    description: null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: {},
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: 'service',
    unit_label: null,
    updated: now,
    url: null,
    ...given,
  }
}
