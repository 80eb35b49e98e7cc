import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { withMetadata } from '@/sandbox/http/metadata'
import type { Grant } from '@/sandbox/lifecycle/discount/grant'
import { itemDiscounts } from '@/sandbox/lifecycle/discount/on-items'
import { periodLines } from '@/sandbox/lifecycle/invoice/lines'
import { periodFrom } from '@/sandbox/lifecycle/periods'
import { isMetered } from '@/sandbox/lifecycle/price/cost'
import { recurring } from '@/sandbox/lifecycle/price/recurring'
import { planOf } from '@/sandbox/objects/plan'
import { newItem } from '@/sandbox/objects/subscription'
import type { Tx } from '@/sandbox/store/transaction'
import { remainingTime, unusedTime } from './prorate'

/** What to do with one item. Without an id, another item is added. */
export interface ItemChange {
  id?: string | undefined
  price?: string | undefined
  quantity?: number | undefined
  deleted?: boolean | undefined
  /** Notes to set; null removes all. */
  metadata?: Record<string, string> | null | undefined
  tax_rates?: Stripe.TaxRate[] | undefined
  /** An id keeps a discount that is there, a grant begins one; none are left when it is empty. */
  discounts?: readonly (string | Grant)[] | undefined
}

export type ProrationBehavior = 'none' | 'create_prorations' | 'always_invoice'

/** A change that is worked out and not made yet; the preview and the change itself are both made from it. */
export interface PlannedChange {
  items: Stripe.SubscriptionItem[]
  /** Whether an item begins a new period, because its interval changed. That is invoiced at once. */
  restarts: boolean
  /** What later periods are counted from: the first day of a new interval. */
  anchor: number
  at: number
  lines(invoice: string): Stripe.InvoiceLineItem[]
}

/**
 * Works out what a change of items makes of a subscription at the instant `at`. Throws ApiError 400
 * for an unknown item.
 */
export function planChange(
  tx: Tx,
  subscription: Readonly<Stripe.Subscription>,
  changes: readonly ItemChange[],
  { at, behavior }: { at: number; behavior: ProrationBehavior },
): PlannedChange {
  const before = new Map(subscription.items.data.map((item) => [item.id, item]))
  const after = new Map(before)
  for (const change of changes) {
    if (change.id === undefined) add(tx, subscription, after, change, at)
    else alter(tx, subscription, after, change, { at })
  }
  const items = [...after.values()]
  if (items.length === 0)
    throw ApiError.invalid('A subscription must have at least one active plan.', 'items')
  // Notes and discounts alone are no change: nothing is credited and nothing charged for them.
  const changed = items.filter((item) => !sells(item, before.get(item.id)))
  const gone = [...before.values()].filter((item) => !sells(item, after.get(item.id)))
  const restarted = changed.filter((item) => {
    const was = before.get(item.id)
    return was && was.current_period_start !== item.current_period_start
  })
  const lines = (invoice: string) => {
    if (!isBilled(subscription)) return []
    const where = { tx, invoice, subscription, at }
    if (behavior === 'none')
      return restarted.flatMap((item) => periodLines(tx, invoice, subscription, item, false))
    const credits = gone
      .filter(({ price }) => !isMetered(price))
      .map((item) => unusedTime(where, item))
    const rest = changed
      .filter(({ price }) => price.recurring && !isMetered(price))
      .map((item) => remainingTime(where, item))
    return [...credits, ...rest]
  }
  const turned = items.find((item) => {
    const was = before.get(item.id)
    return was && !sameInterval(was.price, item.price)
  })
  const anchor =
    restarted.length > 0
      ? at
      : turned
        ? turned.current_period_end
        : subscription.billing_cycle_anchor
  return { items, restarts: restarted.length > 0, anchor, at, lines }
}

function add(
  tx: Tx,
  subscription: Readonly<Stripe.Subscription>,
  items: Map<string, Stripe.SubscriptionItem>,
  change: ItemChange,
  at: number,
) {
  if (change.price === undefined)
    throw ApiError.invalid('Missing required param: items[price].', 'items', 'parameter_missing')
  const price = structuredClone(tx.get('price', change.price))
  const sibling = subscription.items.data.find((item) => sameInterval(item.price, price))
  const period = sibling
    ? { start: sibling.current_period_start, end: sibling.current_period_end }
    : periodFrom(at, at, recurring(price))
  const item = {
    ...newItem(tx.now, subscription.id, price, change.quantity ?? 1, period),
    ...noted({}, change),
  }
  item.discounts = itemDiscounts(tx, subscription, item.id, change.discounts ?? [])
  items.set(item.id, item)
}

function alter(
  tx: Tx,
  subscription: Readonly<Stripe.Subscription>,
  items: Map<string, Stripe.SubscriptionItem>,
  change: ItemChange,
  { at }: { at: number },
) {
  const id = change.id ?? ''
  const item = items.get(id)
  if (!item)
    throw ApiError.invalid(
      `The subscription ${subscription.id} has no item '${id}'.`,
      'items[id]',
      'resource_missing',
    )
  if (change.deleted) {
    items.delete(id)
    return
  }
  const price = structuredClone(tx.get('price', change.price ?? item.price.id))
  // A new price without a quantity is a quantity of one.
  const quantity = change.quantity ?? (price.id === item.price.id ? (item.quantity ?? 1) : 1)
  const notes = {
    ...noted(item.metadata, change),
    ...(change.discounts
      ? { discounts: itemDiscounts(tx, subscription, id, change.discounts) }
      : {}),
  }
  if (price.id === item.price.id && quantity === (item.quantity ?? 1)) {
    items.set(id, { ...item, ...notes })
    return
  }
  // Another interval begins at once, also without prorations: then nothing is credited for the one before.
  const keeps = sameInterval(item.price, price) || subscription.status === 'trialing'
  const period = keeps ? {} : periodFields(periodFrom(at, at, recurring(price)))
  items.set(id, { ...item, ...notes, price, plan: planOf(price), quantity, ...period })
}

function noted(
  before: Record<string, string>,
  { metadata, tax_rates }: ItemChange,
): Partial<Pick<Stripe.SubscriptionItem, 'metadata' | 'tax_rates'>> {
  return {
    ...(metadata === undefined ? {} : { metadata: withMetadata(before, metadata) }),
    ...(tax_rates === undefined ? {} : { tax_rates }),
  }
}

/** Whether an item is for the same as it was before. */
function sells(item: Stripe.SubscriptionItem, was: Stripe.SubscriptionItem | undefined): boolean {
  return was?.price.id === item.price.id && (was.quantity ?? 1) === (item.quantity ?? 1)
}

/** On a trial, or while it is paused, no period is being paid for. */
function isBilled({ status }: Readonly<Stripe.Subscription>): boolean {
  return status !== 'trialing' && status !== 'paused'
}

function periodFields({ start, end }: { start: number; end: number }) {
  return { current_period_start: start, current_period_end: end }
}

function sameInterval(a: Stripe.Price, b: Stripe.Price): boolean {
  return (
    a.recurring?.interval === b.recurring?.interval &&
    a.recurring?.interval_count === b.recurring?.interval_count
  )
}
