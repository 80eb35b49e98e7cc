import type Stripe from 'stripe'
import { fromUnix } from '@/lib/clock'
import type { CustomerId, SubscriptionId } from '@/lib/ids'
import { isCustomerId, isSubscriptionId } from '@/lib/ids'
import { dateOf, idOf } from './read'

/** What an event says became of an invoice for a subscription. */
export type ShownInvoice = {
  invoiceId: string
  customerId: CustomerId
  subscriptionId: SubscriptionId
  currency: string
  /** Minor units that were asked for. */
  amount: number
  /** When an attempt failed, if that is what the event reports. */
  failedAt: Date | null
  paidAt: Date | null
  /** When it was voided or written off. */
  lostAt: Date | null
}

/** Reads the body of an event about an invoice; null where that is for no subscription. */
export function shownInvoice(payload: string): ShownInvoice | null {
  // Safe: the body was verified, and what is read of it is looked at below.
  const { type, created, data } = JSON.parse(payload) as
    | Stripe.InvoicePaidEvent
    | Stripe.InvoicePaymentFailedEvent
  const invoice = data?.object
  if (invoice?.object !== 'invoice') return null
  const subscriptionId = idOf(invoice.parent?.subscription_details?.subscription)
  const customerId = idOf(invoice.customer)
  if (!invoice.id || !isSubscriptionId(subscriptionId) || !isCustomerId(customerId)) return null
  const { paid_at, voided_at, marked_uncollectible_at } = invoice.status_transitions
  return {
    invoiceId: invoice.id,
    customerId,
    subscriptionId,
    currency: invoice.currency,
    amount: invoice.amount_due,
    failedAt: type === 'invoice.payment_failed' ? fromUnix(created) : null,
    paidAt: dateOf(paid_at),
    lostAt: dateOf(voided_at ?? marked_uncollectible_at),
  }
}
