import Stripe from 'stripe'
import type { InvoicePreview } from '@/lib/charge'
import { toUnix } from '@/lib/clock'
import { Conflict } from '@/lib/errors'
import type { InvoiceId, PriceId, SubscriptionId } from '@/lib/ids'
import { parseInvoiceId } from '@/lib/ids'
import { callStripe } from './call'
import { invoicePreview, PREVIEW_EXPAND } from './invoice-preview'
import { idOf } from './read'
import { underKey } from './under-key'

/** One item of a subscription, and what it is to be from `at` on. */
export type ItemChange = {
  subscription: SubscriptionId
  item: string
  price: PriceId
  quantity: number
  /** From which instant what is not used is credited, and what is new is asked for. The same for a preview and its change. */
  at: Date
}

/** What a change would ask for at once. Nothing is changed. */
export async function previewChange(change: ItemChange): Promise<InvoicePreview> {
  return invoicePreview(
    await callStripe((stripe) =>
      stripe.invoices.createPreview({
        subscription: change.subscription,
        subscription_details: {
          items: itemsOf(change),
          proration_behavior: 'always_invoice',
          proration_date: toUnix(change.at),
        },
        expand: PREVIEW_EXPAND,
      }),
    ),
  )
}

/** What the next invoice would be with a change that asks for nothing before it. */
export async function previewLater(change: ItemChange): Promise<InvoicePreview> {
  return invoicePreview(
    await callStripe((stripe) =>
      stripe.invoices.createPreview({
        subscription: change.subscription,
        subscription_details: { items: itemsOf(change), proration_behavior: 'none' },
        expand: PREVIEW_EXPAND,
      }),
    ),
  )
}

/**
 * Makes a change, and charges what it asks for first: while that is not paid, Stripe keeps the plan as it is
 * and the change as a pending update. A second call of the same change makes it once.
 * @returns the invoice that is not paid yet; null where all is well
 */
export async function changeNow(change: ItemChange, key: string): Promise<InvoiceId | null> {
  const updated = await callStripe((stripe) =>
    underKey(`change:${key}`, (options) =>
      stripe.subscriptions.update(
        change.subscription,
        {
          items: itemsOf(change),
          proration_behavior: 'always_invoice',
          proration_date: toUnix(change.at),
          payment_behavior: 'pending_if_incomplete',
        },
        options,
      ),
    ),
  )
  const invoice = idOf(updated.latest_invoice)
  return updated.pending_update && invoice ? parseInvoiceId(invoice) : null
}

/** Makes a change that asks for nothing: on a trial nothing is paid for. Safe to repeat. */
export async function changeOnTrial(change: ItemChange): Promise<void> {
  const items = itemsOf(change)
  await callStripe((stripe) =>
    stripe.subscriptions.update(change.subscription, { items, proration_behavior: 'none' }),
  )
}

/**
 * Plans a change for the end of the period that is paid for, in the place of what was planned before. Discounts stay.
 * @throws {NotFound} Stripe does not have the subscription
 * @throws {Conflict} something else is being planned for it at this moment
 */
export async function changeLater(change: ItemChange, before: string): Promise<void> {
  await callStripe(async (stripe) => {
    try {
      await plan(stripe, change, before)
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error
      // Of two tabs one makes the schedule, or ends the other's; what Stripe then refuses says so only in words.
      const { schedule } = await stripe.subscriptions.retrieve(change.subscription)
      throw schedule ? new Conflict('plan_moved_on') : error
    }
  })
}

async function plan(stripe: Stripe, change: ItemChange, before: string): Promise<void> {
  const { id, phases } = await stripe.subscriptionSchedules.create({
    from_subscription: change.subscription,
  })
  const [now] = phases
  if (!now) throw new Error(`The schedule ${id} has no phase.`)
  const items = now.items.map((item) => ({
    price: String(idOf(item.price)),
    quantity: item.quantity ?? 1,
    ...discountsOf(item),
  }))
  const next = items.map((item) =>
    item.price === before ? { ...item, price: change.price, quantity: change.quantity } : item,
  )
  const { start_date, end_date } = now
  const kept = discountsOf(now)
  await stripe.subscriptionSchedules.update(id, {
    // Once it has changed nothing is planned any more, and the subscription goes on by itself.
    end_behavior: 'release',
    phases: [
      { items, start_date, end_date, ...kept },
      {
        ...{ items: next, ...kept, proration_behavior: 'none' },
        duration: await lengthOf(stripe, change.price),
      },
    ],
  })
}

type NamedDiscount = Stripe.SubscriptionScheduleUpdateParams.Phase.Discount

// A phase has the discounts that it names: those of the phase before would end with it. By its own id each keeps its
// end; one that Stripe names otherwise is named so, for none may be lost. What names none is left as it is, so that a
// discount of the customer's own counts.
function discountsOf({ discounts }: Pick<Stripe.SubscriptionSchedule.Phase, 'discounts'>) {
  const held = discounts.flatMap(({ discount, coupon, promotion_code }): NamedDiscount[] => {
    if (discount) return [{ discount: String(idOf(discount)) }]
    if (coupon) return [{ coupon: String(idOf(coupon)) }]
    return promotion_code ? [{ promotion_code: String(idOf(promotion_code)) }] : []
  })
  return held.length > 0 ? { discounts: held } : {}
}

// A phase of one period of its price: after it the schedule lets go.
async function lengthOf(stripe: Stripe, price: PriceId) {
  const { recurring } = await stripe.prices.retrieve(price)
  if (!recurring) throw new Error(`The price ${price} is for once.`)
  const { interval, interval_count } = recurring
  return { interval, interval_count }
}

function itemsOf({ item, price, quantity }: ItemChange) {
  return [{ id: item, price, quantity }]
}
