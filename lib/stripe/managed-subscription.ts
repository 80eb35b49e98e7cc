import type Stripe from 'stripe'
import { fromUnix } from '@/lib/clock'
import { type InvoiceId, parseInvoiceId, type SubscriptionId } from '@/lib/ids'
import { parseStatus, type SubscriptionStatus } from '@/lib/status'
import { isSkipped } from './billed-invoice'
import { callStripe } from './call'
import { type DraftCharge, draftCharge } from './draft-charge'
import { type InvoiceStatus, parseInvoiceStatus } from './invoice-status'
import type { Pause } from './pauses'
import { dateOf, idOf } from './read'

/** A subscription as far as a change of it has to know it, read at this moment. */
export type ManagedSubscription = {
  id: SubscriptionId
  status: SubscriptionStatus | 'unknown'
  items: { id: string; priceId: string; quantity: number | null }[]
  currency: string
  /** From which instant its periods are counted. */
  anchor: Date
  /** Of the item that is billed next. */
  currentPeriodStart: Date | null
  currentPeriodEnd: Date | null
  cancelAt: Date | null
  cancelAtPeriodEnd: boolean
  /** A schedule that decides about it: Stripe refuses to change it past that. */
  scheduleId: string | null
  /** Nothing is collected, until a day or until it is ended by hand. */
  pause: Pause | null
  /** The newest, whatever became of it. */
  latestInvoiceId: InvoiceId | null
  latest: {
    status: InvoiceStatus | 'unknown'
    /** A pause let it pass. */
    skipped: boolean
    /** What it will be charged, while it is a draft. */
    draft: DraftCharge | null
  } | null
  /** What its invoices are charged to, and what its customer's others are; `pm_…`. */
  paymentMethod: { own: string | null; customers: string | null }
}

/** @throws {NotFound} Stripe does not have it */
export async function retrieveManaged(id: SubscriptionId): Promise<ManagedSubscription> {
  const from = await callStripe((stripe) =>
    stripe.subscriptions.retrieve(id, { expand: ['customer', 'latest_invoice'] }),
  )
  const [next] = from.items.data.toSorted((a, b) => a.current_period_end - b.current_period_end)
  const paused = from.pause_collection
  const latest = idOf(from.latest_invoice)
  return {
    id,
    status: parseStatus(from.status),
    items: from.items.data.map((item) => ({
      ...{ id: item.id, priceId: item.price.id, quantity: item.quantity ?? null },
    })),
    currency: from.currency,
    anchor: fromUnix(from.billing_cycle_anchor),
    currentPeriodStart: dateOf(next?.current_period_start),
    currentPeriodEnd: dateOf(next?.current_period_end),
    cancelAt: dateOf(from.cancel_at),
    cancelAtPeriodEnd: from.cancel_at_period_end,
    scheduleId: idOf(from.schedule),
    pause: paused && { resumesAt: dateOf(paused.resumes_at), behavior: paused.behavior },
    latestInvoiceId: latest === null ? null : parseInvoiceId(latest),
    latest: latestOf(from),
    paymentMethod: {
      own: idOf(from.default_payment_method) ?? idOf(from.default_source),
      customers: methodOf(from.customer),
    },
  }
}

function latestOf(from: Stripe.Subscription): ManagedSubscription['latest'] {
  const { latest_invoice: latest } = from
  if (!latest || typeof latest === 'string') return null
  const status = latest.status === null ? 'unknown' : parseInvoiceStatus(latest.status)
  return { status, skipped: isSkipped(latest), draft: draftCharge(from) }
}

function methodOf(customer: Stripe.Subscription['customer']): string | null {
  if (typeof customer === 'string' || customer.deleted) return null
  return idOf(customer.invoice_settings.default_payment_method) ?? idOf(customer.default_source)
}
