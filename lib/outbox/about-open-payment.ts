import { findSubscription } from '@/db/queries/readers'
import { env } from '@/lib/env'
import type { Mail } from '@/lib/mail/mail'
import { paymentActionEmail, paymentFailedEmail } from '@/lib/mail/payment-emails'
import type { InvoiceSnapshot } from '@/lib/stripe/invoices'
import type { Writing } from './writing'

/** Of an invoice that is open; null while a bank has an order to pay it, which is news of its own when it ends. */
export async function aboutOpenPayment(
  invoice: InvoiceSnapshot,
  { notification, to, now }: Writing,
): Promise<Mail | null> {
  if (invoice.isProcessing) return null
  const { subscriptionId } = invoice
  const subscription = subscriptionId && (await findSubscription(subscriptionId))
  const billingUrl = `${env().appUrl}/settings/billing`
  const payment = { to, invoice, subscription, billingUrl, now }
  const asks = notification.kind === 'invoice.payment_action_required'
  return asks ? paymentActionEmail(payment) : paymentFailedEmail(payment)
}
