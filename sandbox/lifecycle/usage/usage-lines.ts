import type Stripe from 'stripe'
import { idOf } from '@/sandbox/ids'
import { itemLines, nothingUsed } from '@/sandbox/lifecycle/invoice/lines'
import { isMetered } from '@/sandbox/lifecycle/price/cost'
import type { Tx } from '@/sandbox/store/transaction'
import { usedOf } from './used'

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
