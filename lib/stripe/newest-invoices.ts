import { fromUnix } from '@/lib/clock'
import type { CustomerId } from '@/lib/ids'
import type { Money } from '@/lib/money'
import { callStripe } from './call'
import { hostedUrl } from './invoices'

/** An invoice as a list shows it. */
export type NewestInvoice = {
  id: string
  /** Null for a draft. */
  number: string | null
  /** Stripe's word. */
  status: string
  total: Money
  remaining: Money
  createdAt: Date
  /** Stripe's page of it; null unless it is really Stripe's. */
  url: string | null
}

/** The newest invoices of a customer: one call. */
export async function listNewestInvoices(
  customer: CustomerId,
  limit: number,
): Promise<NewestInvoice[]> {
  const { data } = await callStripe((stripe) => stripe.invoices.list({ customer, limit }))
  return data.map((invoice) => ({
    id: String(invoice.id),
    number: invoice.number,
    status: invoice.status ?? 'draft',
    total: { amount: invoice.total, currency: invoice.currency },
    remaining: { amount: invoice.amount_remaining, currency: invoice.currency },
    createdAt: fromUnix(invoice.created),
    url: hostedUrl(invoice),
  }))
}
