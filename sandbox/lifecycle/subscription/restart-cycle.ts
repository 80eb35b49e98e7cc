import type Stripe from 'stripe'
import { periodLines } from '@/sandbox/lifecycle/invoice/lines'
import { periodFrom } from '@/sandbox/lifecycle/periods'
import { recurring } from '@/sandbox/lifecycle/price/recurring'
import type { Tx } from '@/sandbox/store/transaction'
import type { PlannedChange, ProrationBehavior } from './plan-change'
import { unusedTime } from './prorate'

/**
 * The planned change with every item beginning a whole period now, which is invoiced at once. What
 * was paid for before is credited unless `behavior` is none.
 */
export function restartCycle(
  tx: Tx,
  subscription: Readonly<Stripe.Subscription>,
  { items: changed, at }: PlannedChange,
  behavior: ProrationBehavior,
): PlannedChange {
  const items = changed.map((item) => {
    const { start, end } = periodFrom(tx.now, tx.now, recurring(item.price))
    return { ...item, current_period_start: start, current_period_end: end }
  })
  const lines = (invoice: string) => {
    const where = { tx, invoice, subscription, at }
    const before = behavior === 'none' ? [] : subscription.items.data
    return [
      ...before.map((item) => unusedTime(where, item)),
      ...items.flatMap((item) => periodLines(tx, invoice, subscription, item, false)),
    ]
  }
  return { items, restarts: true, anchor: tx.now, at, lines }
}
