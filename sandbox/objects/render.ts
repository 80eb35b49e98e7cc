import type Stripe from 'stripe'
import type { Tx } from '@/sandbox/store/transaction'
import { expand } from './expand'
import { planOf } from './price'

// Fields of the objects that we keep, which Stripe keeps to itself until they are expanded.
const PORTAL_PRODUCTS = 'features.subscription_update.products'
const HIDDEN: Record<string, readonly string[]> = {
  coupon: ['applies_to', 'currency_options'],
  price: ['tiers'],
}

/** The object as it leaves the house: a copy, with prices as they are today and the paths of `expansions` filled in. */
export function render(tx: Tx, object: object, expansions: readonly string[] = []): object {
  const copy = structuredClone(object)
  refreshPrices(tx, copy)
  hideOptions(copy)
  for (const path of expansions) expand(tx, copy, path)
  if (!expansions.some((path) => path.endsWith(PORTAL_PRODUCTS))) hideProducts(copy)
  hide(copy, expansions)
  return copy
}

/** Coupons and prices are found at any depth: in promotion codes, in items, in the discounts of what they are on. */
function hide(value: unknown, expansions: readonly string[]) {
  if (typeof value !== 'object' || value === null) return
  for (const child of Object.values(value)) hide(child, expansions)
  if (!('object' in value)) return
  for (const field of HIDDEN[String(value.object)] ?? [])
    if (!expansions.some((path) => path.endsWith(field))) delete Object(value)[field]
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

/** What a price costs in other currencies is shown together with its own, and only to who asks. */
function hideOptions(value: unknown) {
  if (typeof value !== 'object' || value === null) return
  for (const child of Object.values(value)) hideOptions(child)
  if ('object' in value && value.object === 'price' && 'currency_options' in value)
    delete value.currency_options
}
