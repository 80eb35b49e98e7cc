import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import type { Grant } from '@/sandbox/lifecycle/discount/grant'
import { itemDiscounts } from '@/sandbox/lifecycle/discount/on-items'
import type { ItemChange } from '@/sandbox/lifecycle/subscription/plan-change'
import { planOf } from '@/sandbox/objects/plan'
import { newItem } from '@/sandbox/objects/subscription'
import type { Tx } from '@/sandbox/store/transaction'
import { phaseDiscounts } from './phase-discounts'

type Phase = Readonly<Stripe.SubscriptionSchedule.Phase>

/**
 * What makes a subscription's items those of a phase: items keep their price where they can, and
 * their place otherwise. `before` is the phase as it was, if it had begun already.
 */
export function changesTo(
  tx: Tx,
  subscription: Readonly<Stripe.Subscription>,
  phase: Phase,
  before?: Phase,
): ItemChange[] {
  const free = [...subscription.items.data]
  const changes: ItemChange[] = []
  const take = (matches: (item: Stripe.SubscriptionItem) => boolean) => {
    const index = free.findIndex(matches)
    return index < 0 ? undefined : free.splice(index, 1)[0]
  }
  const discountsOf = (wanted: Phase['items'][number], item?: Stripe.SubscriptionItem) => {
    const was = before?.items.find(({ price }) => idOf(price) === idOf(wanted.price))
    return phaseDiscounts(tx, item?.discounts ?? [], wanted.discounts, was?.discounts)
  }
  const rest = phase.items.filter((wanted) => {
    const item = take((candidate) => candidate.price.id === idOf(wanted.price))
    if (item) changes.push(...changeOf(item, wanted, discountsOf(wanted, item)))
    return !item
  })
  for (const wanted of rest) {
    const { quantity = 1, metadata } = wanted
    const item = take(() => true)
    const discounts = discountsOf(wanted, item)
    const sold = { price: idOf(wanted.price), quantity, discounts, metadata: { ...metadata } }
    changes.push(item ? { id: item.id, ...sold } : sold)
  }
  return [...changes, ...free.map(({ id }) => ({ id, deleted: true }))]
}

/** What differs of an item that keeps its price, if anything does. */
function changeOf(
  item: Stripe.SubscriptionItem,
  { quantity = 1, metadata }: Phase['items'][number],
  discounts: (string | Grant)[],
): ItemChange[] {
  const held = item.discounts.map(idOf)
  const stays = held.length === discounts.length && held.every((id, nth) => id === discounts[nth])
  const noted = Object.entries(metadata ?? {}).every(([key, value]) => item.metadata[key] === value)
  if (item.quantity === quantity && stays && noted) return []
  return [{ id: item.id, quantity, discounts, ...(noted ? {} : { metadata: { ...metadata } }) }]
}

/**
 * The items of a subscription whose period is over, with the prices and the discounts of the phase
 * that begins. Nothing is written.
 */
export function itemsOfPhase(
  tx: Tx,
  subscription: Readonly<Stripe.Subscription>,
  phase: Phase,
): Stripe.SubscriptionItem[] {
  const changes = changesTo(tx, subscription, phase)
  const [first] = subscription.items.data
  const noted = (item: Stripe.SubscriptionItem, change: ItemChange | undefined) => ({
    ...item,
    metadata: { ...item.metadata, ...change?.metadata },
    discounts: change?.discounts
      ? itemDiscounts(tx, subscription, item.id, change.discounts, phase.start_date)
      : item.discounts,
  })
  const kept = subscription.items.data.flatMap((item) => {
    const change = changes.find(({ id }) => id === item.id)
    if (change?.deleted) return []
    const price = structuredClone(tx.get('price', change?.price ?? item.price.id))
    const quantity = change?.quantity ?? item.quantity ?? 1
    return { ...noted(item, change), price, plan: planOf(price), quantity }
  })
  const period = { start: first?.current_period_start ?? 0, end: first?.current_period_end ?? 0 }
  const added = changes
    .filter(({ id }) => id === undefined)
    .map((change) => {
      const price = structuredClone(tx.get('price', change.price ?? ''))
      const item = newItem(tx.now, subscription.id, price, change.quantity ?? 1, period)
      return noted(item, change)
    })
  return [...kept, ...added]
}

/** The intervals of some items, as text that changes when one of them does. */
export function intervalsOf(items: readonly Stripe.SubscriptionItem[]): string {
  return items
    .map(({ price: { recurring } }) => `${recurring?.interval_count} ${recurring?.interval}`)
    .join()
}
