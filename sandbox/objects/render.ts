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
  tidy(tx, copy)
  for (const path of expansions) expand(tx, copy, path)
  hideUnasked(copy, expansions)
  if (!expansions.some((path) => path.endsWith(PORTAL_PRODUCTS))) hideProducts(copy)
  return copy
}

/** Items hold their price whole; a price can change its name or lookup key after they were made. */
function tidy(tx: Tx, value: object) {
  eachWithin(value, (node) => {
    // What it costs elsewhere is shown together with its own amount, or not at all.
    if (node.object === 'price') delete node.currency_options
    const id = priceId(node)
    const price = id === null ? undefined : tx.find('price', id)
    if (!price) return
    const { currency_options: _elsewhere, ...shown } = price
    node.price = structuredClone(shown)
    if (node.object === 'subscription_item') node.plan = planOf(price)
  })
}

/** Coupons and prices are found at any depth: in promotion codes, in items, in the discounts of what they are on. */
function hideUnasked(value: object, expansions: readonly string[]) {
  eachWithin(value, (node) => {
    for (const field of HIDDEN[String(node.object)] ?? [])
      if (field in node && !expansions.some((path) => path.endsWith(field))) delete node[field]
  })
}

type Node = Record<string, unknown>

/** Every object inside of a value, from the inside out. Most of the time of an event goes into this. */
function eachWithin(value: object, visit: (node: Node) => void) {
  if (Array.isArray(value)) {
    for (const entry of value)
      if (typeof entry === 'object' && entry !== null) eachWithin(entry, visit)
    return
  }
  const node = value as Node
  for (const name in node) {
    const child = node[name]
    if (typeof child === 'object' && child !== null) eachWithin(child, visit)
  }
  visit(node)
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

function priceId({ object, price }: Node): string | null {
  if (object === undefined || typeof price !== 'object' || price === null) return null
  return 'id' in price && typeof price.id === 'string' ? price.id : null
}
