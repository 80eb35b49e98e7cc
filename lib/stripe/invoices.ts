import { env } from '@/lib/env'
import type { InvoiceId, SubscriptionId } from '@/lib/ids'
import { parseInvoiceId, parseSubscriptionId } from '@/lib/ids'
import type { Money } from '@/lib/money'
import { callStripe } from './call'
import { type InvoiceStatus, parseInvoiceStatus } from './invoice-status'
import { dateOf, idOf } from './read'

export type InvoiceSnapshot = {
  id: InvoiceId
  status: InvoiceStatus | 'unknown' | null
  /** What is still to be paid. */
  remaining: Money
  /** When Stripe asks the bank again by itself; null when it does not. */
  nextAttempt: Date | null
  /** Null for an invoice that belongs to no subscription. */
  subscriptionId: SubscriptionId | null
  /** Stripe's page to pay or confirm it; null unless it is really Stripe's. */
  payUrl: string | null
}

/** @throws {NotFound} Stripe does not have it */
export async function retrieveInvoice(id: InvoiceId): Promise<InvoiceSnapshot> {
  const invoice = await callStripe((stripe) => stripe.invoices.retrieve(id))
  const subscription = idOf(invoice.parent?.subscription_details?.subscription)
  return {
    id: parseInvoiceId(invoice.id),
    status: invoice.status === null ? null : parseInvoiceStatus(invoice.status),
    remaining: { amount: invoice.amount_remaining, currency: invoice.currency },
    nextAttempt: dateOf(invoice.next_payment_attempt),
    subscriptionId: subscription === null ? null : parseSubscriptionId(subscription),
    payUrl: stripesOwn(invoice.hosted_invoice_url),
  }
}

// It goes into mails: a link there must lead to Stripe, or to the sandbox that plays it.
function stripesOwn(url: string | null | undefined): string | null {
  if (!url || !URL.canParse(url)) return null
  const { protocol, hostname, origin } = new URL(url)
  const stripe = protocol === 'https:' && hostname.endsWith('.stripe.com')
  return stripe || origin === env().stripe.apiBase?.origin ? url : null
}
