import { Conflict } from '@/lib/errors'
import type { InvoiceId } from '@/lib/ids'
import { listPaidInvoices } from '@/lib/stripe/invoices'
import type { ManagedSubscription } from '@/lib/stripe/managed-subscription'
import { refundInvoice } from '@/lib/stripe/refunds'

/**
 * Sends back the whole of what the current period of a subscription was paid with, the way it came.
 * @returns the refunds, `re_…`; none where nothing was paid by card or bank
 * @throws {Conflict} some of it does not go back: a person has to look
 */
export async function refundPeriod(subscription: ManagedSubscription): Promise<string[]> {
  const invoices = await paidForPeriod(subscription)
  const sent = await Promise.all(invoices.map((each) => refundInvoice(each, 'canceled')))
  if (sent.some(({ refused }) => refused)) throw new Conflict('refund_refused')
  return sent.flatMap(({ refunds }) => refunds)
}

/** The invoices that the current period was paid with: its own, and those of changes of plan in it. */
export async function paidForPeriod({
  id,
  currentPeriodStart: start,
}: ManagedSubscription): Promise<InvoiceId[]> {
  return start ? listPaidInvoices(id, start) : []
}
