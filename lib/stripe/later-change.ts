import type Stripe from 'stripe'
import type { InvoicePreview } from '@/lib/charge'
import { toUnix } from '@/lib/clock'
import { callStripe } from './call'
import { invoicePreview, PREVIEW_EXPAND } from './invoice-preview'
import { chargedOf } from './minimum-charge'
import { type ItemChange, itemsOf } from './plan-changes'

/** A change that asks for nothing before its day. */
export type LaterChange = ItemChange & {
  /** On which it begins; null where that is the next invoice, whenever it is. */
  day: Date | null
  /** The customer's balance once a draft is final that takes of it first, in minor units; null where there is none. */
  balanceThen: number | null
}

type Asked = Pick<Stripe.InvoiceCreatePreviewParams, 'discounts'> & {
  items: Stripe.InvoiceCreatePreviewParams.SubscriptionDetails.Item[]
}

/** What the first invoice with a change would be that asks for nothing before it. */
export async function previewLater(change: LaterChange): Promise<InvoicePreview> {
  const { day } = change
  const first = await preview(change, { items: itemsOf(change) })
  return withBalance(day ? await onItsDay(first, change, day) : first, change)
}

// Stripe previews another interval as if it began now, and bills it at once. Planned, it begins when what is paid for
// ends, and by then a discount may be over.
async function onItsDay(
  first: InvoicePreview,
  change: LaterChange,
  day: Date,
): Promise<InvoicePreview> {
  if (first.at.getTime() === day.getTime()) return first
  const lasting = await lastingOn(change, toUnix(day))
  return { ...(lasting ? await preview(change, lasting) : first), at: day }
}

async function preview({ subscription }: ItemChange, { items, ...rest }: Asked) {
  return invoicePreview(
    await callStripe((stripe) =>
      stripe.invoices.createPreview({
        subscription,
        subscription_details: { items, proration_behavior: 'none' },
        ...rest,
        expand: PREVIEW_EXPAND,
      }),
    ),
  )
}

/** What to ask with, so that only the discounts count that last until a day; null where that is all of them. */
async function lastingOn(change: ItemChange, day: number): Promise<Asked | null> {
  const found = await callStripe((stripe) =>
    stripe.subscriptions.retrieve(change.subscription, {
      expand: ['discounts', 'items.data.discounts', 'customer'],
    }),
  )
  const { discounts: own, items, customer } = found
  const whole = typeof customer === 'string' || customer.deleted ? null : customer.discount
  const [changed] = itemsOf(change)
  const ofItems = items.data
    .filter(({ discounts }) => discounts.some(isOver(day)))
    .map(({ id, discounts }) => ({ id, discounts: named(discounts, day) }))
  // Where a subscription has none of its own its customer's counts, also once its own are over.
  const counts = own.every(isOver(day)) && whole ? [whole] : own
  const isOtherwise = own.some(isOver(day)) || counts.some(isOver(day))
  if (!isOtherwise && ofItems.length === 0) return null
  const others = ofItems.filter(({ id }) => id !== change.item)
  const mine = ofItems.filter(({ id }) => id === change.item)
  return {
    items: [{ ...changed, ...mine[0] }, ...others],
    ...(isOtherwise ? { discounts: named(counts, day) } : {}),
  }
}

type Held = string | Stripe.Discount

// One that repeats is none any more from its end on. What is not expanded does not say.
const isOver = (day: number) => (held: Held) =>
  typeof held === 'object' && held.end !== null && held.end <= day

// An empty list would be left out of the request; empty text is how Stripe is asked for none.
function named(held: readonly Held[], day: number): { discount: string }[] | '' {
  const lasting = held.filter((each) => !isOver(day)(each))
  if (lasting.length === 0) return ''
  return lasting.map((each) => ({ discount: typeof each === 'string' ? each : each.id }))
}

function withBalance(shown: InvoicePreview, { balanceThen }: LaterChange): InvoicePreview {
  if (balanceThen === null) return shown
  const { total, currency } = shown
  const { due, carried } = chargedOf(total + balanceThen, currency)
  return { ...shown, due, carried, balance: due + carried - total }
}
