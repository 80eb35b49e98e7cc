import { Conflict } from '@/lib/errors'
import type { ManagedSubscription } from '@/lib/stripe/managed-subscription'
import { refundInvoice } from '@/lib/stripe/refunds'

/**
 * Sends back the whole of what the current period of a subscription was paid with, the way it came.
 * @returns the refunds, `re_…`; none where nothing was paid by card or bank
 * @throws {Conflict} some of it does not go back: a person has to look
 */
export async function refundPeriod({
  latestInvoiceId: invoice,
}: ManagedSubscription): Promise<string[]> {
  if (!invoice) return []
  const { refunds, refused } = await refundInvoice(invoice, 'canceled')
  if (refused) throw new Conflict('refund_refused')
  return refunds
}
