import type Stripe from 'stripe'
import { periodLines } from '@/sandbox/lifecycle/invoice/lines'
import { share } from '@/sandbox/lifecycle/money'
import { later, periodFrom } from '@/sandbox/lifecycle/periods'
import { costOf, isMetered } from '@/sandbox/lifecycle/price/cost'
import { recurring } from '@/sandbox/lifecycle/price/recurring'
import type { Tx } from '@/sandbox/store/transaction'
import { stubPart } from './stub'

/**
 * What the first invoice of a subscription asks for each item: its first period, or the part of it
 * that comes before the first whole one.
 */
export function firstLines(
  tx: Tx,
  invoice: string,
  subscription: Readonly<Stripe.Subscription>,
  { trial, prorates }: { trial: boolean; prorates: boolean },
): Stripe.InvoiceLineItem[] {
  return subscription.items.data.flatMap((item) => {
    const lines = periodLines(tx, invoice, subscription, item, trial)
    const part = trial ? null : stubPart(subscription, item)
    const before = trial ? [] : backdated(tx, invoice, subscription, item)
    if (part === null) return [...before, ...lines]
    if (!prorates) return before
    return [...before, ...inPart(lines, part)]
  })
}

/** The same part of each line; shares of the running total, so that they add up to the part of all. */
function inPart(
  lines: readonly Stripe.InvoiceLineItem[],
  { part, whole }: { part: number; whole: number },
): Stripe.InvoiceLineItem[] {
  let before = 0
  return lines.map((line) => {
    const amount = share(before + line.amount, part, whole) - share(before, part, whole)
    before += line.amount
    return charging(line, amount)
  })
}

/** What was used before the subscription was written down. */
function backdated(
  tx: Tx,
  invoice: string,
  subscription: Readonly<Stripe.Subscription>,
  item: Stripe.SubscriptionItem,
): Stripe.InvoiceLineItem[] {
  const { start_date: start, created } = subscription
  if (start >= created || isMetered(item.price)) return []
  const every = recurring(item.price)
  const whole = costOf(item.price, item.quantity ?? 1, subscription.currency)
  let amount = 0
  let at = start
  for (let nth = 1; at < created; nth += 1) {
    const end = later(start, every, nth)
    amount += share(whole, Math.min(end, created) - at, end - at)
    at = end
  }
  const [line] = periodLines(tx, invoice, subscription, item, false)
  // One line for all of it: which tier a day of the past belongs to is not known.
  return line ? [{ ...charging(line, amount), period: { start, end: created } }] : []
}

function charging(line: Stripe.InvoiceLineItem, amount: number): Stripe.InvoiceLineItem {
  const pricing = line.pricing && { ...line.pricing, unit_amount_decimal: null }
  return { ...line, amount, subtotal: amount, pricing }
}

/** The first period of an item: whole, or until the first day of the cycle that was asked for. */
export function firstPeriod(
  now: number,
  price: Readonly<Stripe.Price>,
  anchor: number | null,
): { start: number; end: number } {
  return periodFrom(now, anchor ?? now, recurring(price))
}
