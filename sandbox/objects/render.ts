import type Stripe from 'stripe'
import type { Tx } from '@/sandbox/store/transaction'
import { expand } from './expand'
import { planOf } from './plan'

// Fields of the objects that we keep, which Stripe keeps to itself until they are expanded.
const PORTAL_PRODUCTS = 'features.subscription_update.products'
const HIDDEN: Record<string, readonly string[]> = {
  coupon: ['applies_to', 'currency_options'],
  // What it costs elsewhere is shown together with its own amount, or not at all.
  price: ['tiers', 'currency_options'],
}

/** The object as it leaves the house: a copy, with prices as they are today and the paths of `expansions` filled in. */
export function render(tx: Tx, object: object, expansions: readonly string[] = []): object {
  const copy = shown(tx, object, expansions)
  for (const path of expansions) expand(tx, copy, path)
  if (expansions.length > 0) hideUnasked(copy, expansions)
  if (!expansions.some((path) => path.endsWith(PORTAL_PRODUCTS))) hideProducts(copy)
  return copy
}

type Node = Record<string, unknown>

/** A copy without what is hidden. Most of the time of an event goes into this, so that it looks at each value once. */
function shown<T extends object>(tx: Tx, value: T, expansions: readonly string[]): T {
  if (Array.isArray(value))
    // An array is copied as an array.
    return value.map((entry) => (isObject(entry) ? shown(tx, entry, expansions) : entry)) as T
  const from = value as Node
  const hidden = hiddenOf(from, expansions)
  const price = priceOf(tx, from)
  const copy: Node = {}
  for (const name in from) {
    if (hidden.includes(name)) continue
    const child = name === 'price' && price ? price : from[name]
    copy[name] = isObject(child) ? shown(tx, child, expansions) : child
  }
  if (price && from.object === 'subscription_item') copy.plan = planOf(price)
  if (from.object === 'invoice') showFirstLines(copy)
  return copy as T
}

// As many as Stripe puts on an invoice itself; the rest is listed. Of a preview nothing can be listed.
const LINES = 10

function showFirstLines({ id, lines }: Node): void {
  if (!isObject(lines) || !('data' in lines) || !Array.isArray(lines.data)) return
  if (!isLong(lines.data) || String(id).startsWith('upcoming_')) return
  Object.assign(lines, { data: lines.data.slice(0, LINES), has_more: true })
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** Whether an object is shown just as it is kept: nothing in it is hidden, or looked up. */
export function isShownWhole(tx: Tx, value: object): boolean {
  const node = value as Node
  if (!Array.isArray(value)) {
    const { object } = node
    if (object !== undefined && (isAltered(node) || priceOf(tx, node))) return false
  }
  for (const name in node) {
    const child = node[name]
    if (isObject(child) && !isShownWhole(tx, child)) return false
  }
  return true
}

function isAltered({ object, lines }: Node): boolean {
  if (HIDDEN[String(object)] || object === 'billing_portal.configuration') return true
  return object === 'invoice' && isObject(lines) && 'data' in lines && isLong(lines.data)
}

function isLong(lines: unknown): boolean {
  return Array.isArray(lines) && lines.length > LINES
}

/** Coupons and prices are found at any depth: in promotion codes, in items, in the discounts of what they are on. */
function hiddenOf({ object }: Node, expansions: readonly string[]): readonly string[] {
  const fields = HIDDEN[String(object)]
  if (!fields) return NOTHING
  return fields.filter((field) => !expansions.some((path) => path.endsWith(field)))
}

const NOTHING: readonly string[] = []

/** Items hold their price whole; it can have changed its name or lookup key after they were made. */
function priceOf(tx: Tx, { object, price }: Node): Readonly<Stripe.Price> | undefined {
  if (object === undefined || !isObject(price)) return undefined
  return 'id' in price && typeof price.id === 'string' ? tx.find('price', price.id) : undefined
}

/** What came with an expansion hides what was not asked for, too. */
function hideUnasked(value: object, expansions: readonly string[]) {
  if (!Array.isArray(value)) {
    const node = value as Node
    for (const field of hiddenOf(node, expansions)) delete node[field]
    if (node.object === 'invoice') showFirstLines(node)
  }
  for (const child of Object.values(value)) if (isObject(child)) hideUnasked(child, expansions)
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
