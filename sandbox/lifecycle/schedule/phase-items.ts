import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import type { ItemChange } from '@/sandbox/lifecycle/subscription/plan-change'
import { planOf } from '@/sandbox/objects/price'
import { newItem } from '@/sandbox/objects/subscription'
import type { Tx } from '@/sandbox/store/transaction'

/** What makes a subscription's items those of a phase: items keep their price where they can, and their place otherwise. */
export function changesTo(
  subscription: Readonly<Stripe.Subscription>,
  phase: Readonly<Stripe.SubscriptionSchedule.Phase>,
): ItemChange[] {
  const wanted = phase.items.map(({ price, quantity = 1 }) => ({ price: idOf(price), quantity }))
  const free = [...subscription.items.data]
  const changes: ItemChange[] = []
  const take = (matches: (item: Stripe.SubscriptionItem) => boolean) => {
    const index = free.findIndex(matches)
    return index < 0 ? undefined : free.splice(index, 1)[0]
  }
  const rest = wanted.filter(({ price, quantity }) => {
    const item = take((candidate) => candidate.price.id === price)
    if (item && item.quantity !== quantity) changes.push({ id: item.id, quantity })
    return !item
  })
  for (const { price, quantity } of rest) {
    const item = take(() => true)
    changes.push(item ? { id: item.id, price, quantity } : { price, quantity })
  }
  return [...changes, ...free.map(({ id }) => ({ id, deleted: true }))]
}

/** The items of a subscription whose period is over, with the prices of the phase that begins. */
export function itemsOfPhase(
  tx: Tx,
  subscription: Readonly<Stripe.Subscription>,
  phase: Readonly<Stripe.SubscriptionSchedule.Phase>,
): Stripe.SubscriptionItem[] {
  const changes = changesTo(subscription, phase)
  const [first] = subscription.items.data
  const kept = subscription.items.data.flatMap((item) => {
    const change = changes.find(({ id }) => id === item.id)
    if (change?.deleted) return []
    const price = structuredClone(tx.get('price', change?.price ?? item.price.id))
    return { ...item, price, plan: planOf(price), quantity: change?.quantity ?? item.quantity ?? 1 }
  })
  const period = { start: first?.current_period_start ?? 0, end: first?.current_period_end ?? 0 }
  const added = changes
    .filter(({ id }) => id === undefined)
    .map(({ price = '', quantity = 1 }) =>
      newItem(tx.now, subscription.id, structuredClone(tx.get('price', price)), quantity, period),
    )
  return [...kept, ...added]
}

/** The intervals of some items, as text that changes when one of them does. */
export function intervalsOf(items: readonly Stripe.SubscriptionItem[]): string {
  return items
    .map(({ price: { recurring } }) => `${recurring?.interval_count} ${recurring?.interval}`)
    .join()
}
