import type Stripe from 'stripe'
import type { Tx } from '@/sandbox/store/transaction'
import { expand } from './expand'
import { planOf } from './price'

// Fields of the objects that we keep, which Stripe keeps to itself until they are expanded.
const PORTAL_PRODUCTS = 'features.subscription_update.products'
const COUPON_PRODUCTS = 'applies_to'

/** The object as it leaves the house: a copy, with prices as they are today and the paths of `expansions` filled in. */
export function render(tx: Tx, object: object, expansions: readonly string[] = []): object {
  const copy = structuredClone(object)
  refreshPrices(tx, copy)
  for (const path of expansions) expand(tx, copy, path)
  if (!expansions.some((path) => path.endsWith(PORTAL_PRODUCTS))) hideProducts(copy)
  if (!expansions.some((path) => path.endsWith(COUPON_PRODUCTS))) hideOfCoupons(copy)
  return copy
}

/** Coupons are found at any depth: in promotion codes, and in the discounts of what they are on. */
function hideOfCoupons(value: unknown) {
  if (typeof value !== 'object' || value === null) return
  for (const child of Object.values(value)) hideOfCoupons(child)
  if ('object' in value && value.object === 'coupon' && COUPON_PRODUCTS in value)
    delete value[COUPON_PRODUCTS]
}

function hideProducts(value: object) {
  if (!('object' in value)) return
  if (value.object === 'list' && 'data' in value && Array.isArray(value.data)) {
    for (const entry of value.data) hideProducts(entry)
  }
  if (value.object === 'billing_portal.configuration') {
    delete (value as Stripe.BillingPortal.Configuration).features.subscription_update.products
  }
}

/** Items hold their price whole; a price can change its name or lookup key after they were made. */
function refreshPrices(tx: Tx, value: unknown) {
  if (typeof value !== 'object' || value === null) return
  for (const child of Object.values(value)) refreshPrices(tx, child)
  if (!isPriced(value)) return
  const price = tx.find('price', value.price.id)
  if (!price) return
  value.price = structuredClone(price)
  if (value.object === 'subscription_item') value.plan = planOf(price)
}

function isPriced(
  value: object,
): value is { object: string; price: { id: string }; plan?: unknown } {
  return (
    'object' in value &&
    'price' in value &&
    typeof value.price === 'object' &&
    value.price !== null &&
    'id' in value.price
  )
}
