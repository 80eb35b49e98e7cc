import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import { itemLines, nothingUsed } from '@/sandbox/lifecycle/invoice/lines'
import { isMetered } from '@/sandbox/lifecycle/price/cost'
import type { Tx } from '@/sandbox/store/transaction'

/** What a customer has used of a meter from `start` until before `end`, as the meter adds it up. */
export function usedOf(
  tx: Tx,
  meter: Readonly<Stripe.Billing.Meter>,
  customer: string,
  { start, end }: { start: number; end: number },
): number {
  const values = tx
    .all('meter_event')
    .filter(
      (row) =>
        row.event_name === meter.event_name &&
        row.customer === customer &&
        row.at >= start &&
        row.at < end,
    )
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value)
  const { formula } = meter.default_aggregation
  if (formula === 'count') return values.length
  if (formula === 'last') return values.at(-1) ?? 0
  return values.reduce((sum, value) => sum + value, 0)
}

/** The lines for what was used of a metered item between two instants; null for an item that is paid for in advance. */
export function usageLines(
  tx: Tx,
  invoice: string,
  subscription: Readonly<Stripe.Subscription>,
  item: Stripe.SubscriptionItem,
  period: { start: number; end: number },
): Stripe.InvoiceLineItem[] | null {
  if (!isMetered(item.price)) return null
  // What is used on a trial is free.
  const free = period.end === subscription.trial_end
  const meter = tx.find('billing.meter', item.price.recurring?.meter ?? '')
  const used = meter && !free ? usedOf(tx, meter, idOf(subscription.customer), period) : 0
  const given = { invoice, subscription, item, quantity: used, period }
  return free ? nothingUsed(tx, given) : itemLines(tx, given)
}
