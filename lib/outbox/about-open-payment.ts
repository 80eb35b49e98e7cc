import { findSubscription } from '@/db/queries/readers'
import { env } from '@/lib/env'
import type { Mail } from '@/lib/mail/mail'
import { paymentActionLetter, paymentFailedLetter } from '@/lib/mail/payment-emails'
import type { InvoiceSnapshot } from '@/lib/stripe/invoices'
import type { Writing } from './writing'

/** Of an invoice that is open; null while a bank has an order to pay it, which is news of its own when it ends. */
export async function aboutOpenPayment(
  invoice: InvoiceSnapshot,
  { notice, to, now }: Writing,
): Promise<Mail | null> {
  if (invoice.isProcessing) return null
  const { subscriptionId } = invoice
  const subscription = subscriptionId && (await findSubscription(subscriptionId))
  const billingUrl = `${env().appUrl}/settings/billing`
  const payment = { to, invoice, subscription, billingUrl, now }
  const asks = notice.kind === 'invoice.payment_action_required'
  return asks ? paymentActionLetter(payment) : paymentFailedLetter(payment)
}
