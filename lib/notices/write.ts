import { findReader, findSubscription } from '@/db/queries/readers'
import { env } from '@/lib/env'
import { NOTICES } from '@/lib/events/handlers'
import { isSubscriptionId, parseInvoiceId } from '@/lib/ids'
import type { Mail } from '@/lib/mail/mail'
import { retrieveInvoice } from '@/lib/stripe/invoices'
import type { Notice } from './notice'
import { operatorLetter } from './operator-letter'
import { paymentActionLetter, paymentFailedLetter } from './payment-letters'
import { trialLetter } from './trial-letter'

/**
 * The letters that a notice makes, from what is true now: a payment that has arrived meanwhile, a
 * trial that was called off or a person who has gone make none.
 * @throws {Unavailable} Stripe does not answer; it goes out later
 */
export async function writeNotice(notice: Notice, now: Date): Promise<Mail[]> {
  if (NOTICES.get(notice.kind) === 'operator') {
    return env().adminEmails.map((to) => operatorLetter(to, notice))
  }
  const to = notice.customerId && (await findReader(notice.customerId))
  if (!to) return []
  const billingUrl = `${env().appUrl}/settings/billing`
  if (isSubscriptionId(notice.objectId)) {
    const subscription = await findSubscription(notice.objectId)
    const mail = subscription && trialLetter({ to, subscription, billingUrl, now })
    return mail ? [mail] : []
  }
  const invoice = await retrieveInvoice(parseInvoiceId(notice.objectId))
  if (invoice.status !== 'open') return []
  const subscription = invoice.subscriptionId && (await findSubscription(invoice.subscriptionId))
  const payment = { to, invoice, subscription, billingUrl }
  const asks = notice.kind === 'invoice.payment_action_required'
  return [asks ? paymentActionLetter(payment) : paymentFailedLetter(payment)]
}
