import type { InvoicePreview } from '@/lib/charge'
import { toUnix } from '@/lib/clock'
import type { InvoiceId, PriceId, SubscriptionId } from '@/lib/ids'
import { parseInvoiceId } from '@/lib/ids'
import { callStripe } from './call'
import { invoicePreview, PREVIEW_EXPAND } from './invoice-preview'
import { planPhases } from './plan-phases'
import { idOf } from './read'
import { underKey } from './under-key'

/** One item of a subscription, and what it is to be from `at` on. */
export type ItemChange = {
  subscription: SubscriptionId
  item: string
  price: PriceId
  quantity: number
  /**
   * From which instant what is not used is credited, and what is new is asked for. The same for a
   * preview and its change.
   */
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

/**
 * Makes a change, and charges what it asks for first: while that is not paid, Stripe keeps the plan as it is
 * and the change as a pending update. A second call of the same change makes it once.
 * @returns the invoice that is not paid; null where all is well. `pending`: Stripe keeps the change back until it is.
 */
export async function changeNow(
  change: ItemChange,
  key: string,
): Promise<{ invoice: InvoiceId; pending: boolean } | null> {
  const updated = await callStripe((stripe) =>
    underKey(`change:${key}`, (options) =>
      stripe.subscriptions.update(
        change.subscription,
        {
          items: itemsOf(change),
          proration_behavior: 'always_invoice',
          proration_date: toUnix(change.at),
          payment_behavior: 'pending_if_incomplete',
          expand: ['latest_invoice'],
        },
        options,
      ),
    ),
  )
  const latest = updated.latest_invoice
  const invoice = idOf(latest)
  const pending = updated.pending_update !== null
  // A bank debit that was ordered is no failure to Stripe: it makes the change, and the invoice stays open.
  const isOpen = typeof latest === 'object' && latest?.status === 'open'
  return invoice && (pending || isOpen) ? { invoice: parseInvoiceId(invoice), pending } : null
}

/** Makes a change that asks for nothing: on a trial nothing is paid for. Safe to repeat. */
export async function changeOnTrial(change: ItemChange): Promise<void> {
  const items = itemsOf(change)
  await callStripe((stripe) =>
    stripe.subscriptions.update(change.subscription, { items, proration_behavior: 'none' }),
  )
}

/**
 * Plans a change for the end of the period that is paid for, in the place of what was planned before. All else stays.
 * @throws {NotFound} Stripe does not have the subscription
 * @throws {Conflict} something else is being planned for it at this moment
 */
export async function changeLater(
  { subscription, price, quantity }: ItemChange,
  before: string,
): Promise<void> {
  await planPhases(subscription, { schedule: null, before, price, quantity })
}

/** For a call about a change: the one item that it is about. */
export function itemsOf({ item, price, quantity }: ItemChange) {
  return [{ id: item, price, quantity }]
}
