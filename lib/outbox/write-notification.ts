import { findReader } from '@/db/queries/readers'
import { env } from '@/lib/env'
import { NotFound } from '@/lib/errors'
import type { Notification } from '@/lib/events/notification'
import { audienceOf } from '@/lib/events/notifications'
import {
  isCheckoutSessionId,
  isSubscriptionId,
  parseInvoiceId,
  type SubscriptionId,
} from '@/lib/ids'
import { customerProblemEmails, isAboutCustomers } from '@/lib/mail/customer-problem-emails'
import type { Mail } from '@/lib/mail/mail'
import { operatorEmail } from '@/lib/mail/operator-email'
import { retrieveInvoice } from '@/lib/stripe/invoices'
import { retrieveRefund } from '@/lib/stripe/refunds'
import { aboutEnd } from './about-end'
import { aboutLatePayment } from './about-late-payment'
import { aboutOpenPayment } from './about-open-payment'
import { aboutReturnedDebit } from './about-returned-debit'
import { aboutTrial } from './about-trial'
import type { Writing } from './writing'

export type Written = {
  emails: Mail[]
  /** An ended subscription that still asks for money: it is to be settled instead of written about. */
  unsettled: SubscriptionId | null
}

/**
 * The emails that a notification makes, from what is true now: a payment that has arrived meanwhile, a
 * trial that was called off, a subscription that has ended or a person who has gone make none.
 * @throws {Unavailable} Stripe does not answer; it goes out later
 */
export async function writeNotification(notification: Notification, now: Date): Promise<Written> {
  if (isAboutCustomers(notification.kind)) {
    return { emails: await customerProblemEmails(notification, env().adminEmails), unsettled: null }
  }
  const audience = audienceOf(notification.kind)
  const operators = audience === 'customer' ? [] : await toOperators(notification)
  if (audience === 'operator') return { emails: operators, unsettled: null }
  const { email, unsettled } = await toCustomer(notification, now).catch(nothingToSay)
  return { emails: [...(email ? [email] : []), ...operators], unsettled }
}

type ToCustomer = { email: Mail | null; unsettled: SubscriptionId | null }

// Stripe does not have what it is about: then its customer is missing, too, of which operators are told.
function nothingToSay(error: unknown): ToCustomer {
  if (error instanceof NotFound) return { email: null, unsettled: null }
  throw error
}

async function toOperators(notification: Notification): Promise<Mail[]> {
  if (notification.kind === 'refund.created' && !(await isNews(notification.objectId))) return []
  return env().adminEmails.map((to) => operatorEmail(to, notification))
}

// Part of the money is a matter between two people; all of it leaves a plan that nobody pays for. What
// we sent back for a plan that had ended has an email of its own.
async function isNews(refund: string): Promise<boolean> {
  const { wholeCharge, isOfLateMoney } = await retrieveRefund(refund)
  return wholeCharge && !isOfLateMoney
}

async function toCustomer(notification: Notification, now: Date): Promise<ToCustomer> {
  const { kind, objectId, customerId } = notification
  const to = customerId && (await findReader(customerId))
  const writing = to ? { notification, to, now } : null
  const written = async (about: (writing: Writing) => Promise<Mail | null>) => ({
    email: writing && (await about(writing)),
    unsettled: null,
  })
  if (isSubscriptionId(objectId)) {
    return written((on) => (kind === 'subscription.end' ? aboutEnd : aboutTrial)(objectId, on))
  }
  if (isCheckoutSessionId(objectId)) return written((on) => aboutReturnedDebit(objectId, on))
  // Also where nobody reads it any more: what an ended subscription asks for is settled all the same.
  const invoice = await retrieveInvoice(parseInvoiceId(objectId))
  if (kind === 'payment.late') return written((on) => aboutLatePayment(invoice, on))
  if (invoice.status !== 'open') return { email: null, unsettled: null }
  // Paying for what has ended brings nothing back, so nobody is asked to.
  if (invoice.subscription?.endedAt) return { email: null, unsettled: invoice.subscription.id }
  return written((on) => aboutOpenPayment(invoice, on))
}
