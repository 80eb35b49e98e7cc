import { findSubscription } from '@/db/queries/subscriptions'
import { env } from '@/lib/env'
import { parseInvoiceId, type SubscriptionId } from '@/lib/ids'
import type { Mail } from '@/lib/mail/mail'
import { paymentActionEmail } from '@/lib/mail/payment-action-email'
import { paymentFailedEmail } from '@/lib/mail/payment-failed-email'
import { owedOf } from '@/lib/owed'
import { findOpenInvoice, type InvoiceSnapshot, retrieveInvoice } from '@/lib/stripe/invoices'
import type { Writing } from './writing'

/** What to do about an invoice that is still open. `email` is null where no customer has to be asked. */
export type AboutOpenPayment = {
  email: Mail | null
  /** An ended subscription that asks for money all the same: paying it would bring nothing back. */
  unsettled: SubscriptionId | null
}

/**
 * Of an invoice that is open; nothing while a bank has an order to pay it, which is news of its own when
 * it ends. `to` null: it has no reader, and what an ended subscription asks for is closed all the same.
 */
export async function aboutOpenPayment({
  to,
  ...writing
}: Omit<Writing, 'to'> & { to: string | null }): Promise<AboutOpenPayment> {
  const invoice = await retrieveInvoice(parseInvoiceId(writing.notification.objectId))
  if (invoice.status !== 'open') return { email: null, unsettled: null }
  if (invoice.subscription?.endedAt) return { email: null, unsettled: invoice.subscription.id }
  return { email: to === null ? null : await ask(invoice, { to, ...writing }), unsettled: null }
}

async function ask(
  invoice: InvoiceSnapshot,
  { to, now }: Pick<Writing, 'to' | 'now'>,
): Promise<Mail | null> {
  if (invoice.isProcessing) return null
  const { subscriptionId } = invoice
  const subscription = subscriptionId && (await findSubscription(subscriptionId))
  const billingUrl = `${env().appUrl}/settings/billing`
  const open = subscriptionId && (await findOpenInvoice(subscriptionId))
  const owed = open?.earlier ? owedOf(open) : null
  const payment = { to, invoice, subscription, owed, billingUrl, now }
  // What the bank wants now, whichever event reported it: the customer may have said no to it meanwhile.
  return invoice.isConfirming ? paymentActionEmail(payment) : paymentFailedEmail(payment)
}
