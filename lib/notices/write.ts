import { findReader, findSubscription } from '@/db/queries/readers'
import { customerLetters, isAboutCustomers } from '@/lib/customers/operator-letters'
import { env } from '@/lib/env'
import { NotFound } from '@/lib/errors'
import { isCheckoutSessionId, isSubscriptionId, parseInvoiceId } from '@/lib/ids'
import type { Mail } from '@/lib/mail/mail'
import { retrieveCheckoutSession } from '@/lib/stripe/checkout-sessions'
import { type InvoiceSnapshot, retrieveInvoice } from '@/lib/stripe/invoices'
import { retrieveRefund } from '@/lib/stripe/refunds'
import { audienceOf } from '@/lib/sync/notices'
import { debitReturnedLetter } from './debit-returned-letter'
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
  if (isAboutCustomers(notice.kind)) return customerLetters(notice, env().adminEmails)
  const audience = audienceOf(notice.kind)
  return [
    ...(audience === 'customer' ? [] : await toOperators(notice)),
    ...(audience === 'operator' ? [] : await toCustomer(notice, now)),
  ]
}

async function toOperators(notice: Notice): Promise<Mail[]> {
  // Part of the money is a matter between two people; all of it leaves a plan that nobody pays for.
  if (notice.kind === 'refund.created' && !(await isWhole(notice.objectId))) return []
  return env().adminEmails.map((to) => operatorLetter(to, notice))
}

async function isWhole(refund: string): Promise<boolean> {
  const { wholeCharge } = await retrieveRefund(refund)
  return wholeCharge
}

async function toCustomer(notice: Notice, now: Date): Promise<Mail[]> {
  const to = notice.customerId && (await findReader(notice.customerId))
  if (!to) return []
  const billingUrl = `${env().appUrl}/settings/billing`
  if (isSubscriptionId(notice.objectId)) {
    const subscription = await findSubscription(notice.objectId)
    const mail = subscription && trialLetter({ to, subscription, billingUrl, now })
    return mail ? [mail] : []
  }
  if (isCheckoutSessionId(notice.objectId)) {
    const session = await retrieveCheckoutSession(notice.objectId)
    return [debitReturnedLetter({ to, session, plansUrl: `${env().appUrl}/pricing` })]
  }
  const invoice = await openInvoice(notice.objectId)
  if (!invoice) return []
  const subscription = invoice.subscriptionId && (await findSubscription(invoice.subscriptionId))
  const payment = { to, invoice, subscription, billingUrl }
  const asks = notice.kind === 'invoice.payment_action_required'
  return [asks ? paymentActionLetter(payment) : paymentFailedLetter(payment)]
}

// Null when it was paid or written off meanwhile, or when Stripe does not have it: then its customer
// is missing, too, of which operators are told.
async function openInvoice(id: string): Promise<InvoiceSnapshot | null> {
  try {
    const invoice = await retrieveInvoice(parseInvoiceId(id))
    return invoice.status === 'open' ? invoice : null
  } catch (error) {
    if (error instanceof NotFound) return null
    throw error
  }
}
