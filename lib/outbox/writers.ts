import { env } from '@/lib/env'
import type { Notification } from '@/lib/events/notification'
import type { AudienceFor, NotificationKind } from '@/lib/events/notifications'
import { customerProblemEmails } from '@/lib/mail/customer-problem-emails'
import type { Mail } from '@/lib/mail/mail'
import { type OperatorKind, operatorEmail } from '@/lib/mail/operator-email'
import { retrieveRefund } from '@/lib/stripe/refunds'
import { aboutCancellation } from './about-cancellation'
import { aboutCard } from './about-card'
import { aboutEnd } from './about-end'
import { aboutLatePayment } from './about-late-payment'
import { type AboutOpenPayment, aboutOpenPayment } from './about-open-payment'
import { aboutPaid } from './about-paid'
import { aboutPendingDebit } from './about-pending-debit'
import { aboutChangedPlan, aboutComingPlan } from './about-plan-change'
import { aboutComingPrice, aboutKeptPrice } from './about-price-move'
import { aboutReturnedDebit } from './about-returned-debit'
import { aboutTrial } from './about-trial'
import { aboutUsage } from './about-usage'
import { aboutYearlyRenewal } from './about-yearly-renewal'
import type { Writing } from './writing'

type ToCustomer = (
  writing: Omit<Writing, 'to'> & { to: string | null },
) => Promise<AboutOpenPayment>
type ToOperators = (notification: Notification) => Promise<Mail[]>

/** The writers for one kind of fact: one for each audience that it has, and no other. */
export type Writer<Audience> = {
  toCustomer: Audience extends 'customer' | 'both' ? ToCustomer : null
  toOperators: Audience extends 'operator' | 'both' ? ToOperators : null
}

/** The writers of every kind: one without would not compile. */
export const WRITERS: { [Kind in NotificationKind]: Writer<AudienceFor<Kind>> } = {
  'checkout.session.async_payment_failed': both(
    whereRead(aboutReturnedDebit),
    alertOperators('checkout.session.async_payment_failed'),
  ),
  'customer.subscription.trial_will_end': customer(whereRead(aboutTrial)),
  'trial.week_left': customer(whereRead(aboutTrial)),
  'checkout.pending': customer(whereRead(aboutPendingDebit)),
  'invoice.paid': customer(whereRead(aboutPaid)),
  'invoice.payment_failed': customer(aboutOpenPayment),
  'invoice.payment_action_required': customer(aboutOpenPayment),
  'invoice.finalization_failed': operator(alertOperators('invoice.finalization_failed')),
  'refund.created': operator(ofWholeRefund(alertOperators('refund.created'))),
  'refund.failed': operator(alertOperators('refund.failed')),
  'charge.dispute.created': operator(alertOperators('charge.dispute.created')),
  'charge.dispute.closed': operator(alertOperators('charge.dispute.closed')),
  'radar.early_fraud_warning.created': operator(
    alertOperators('radar.early_fraud_warning.created'),
  ),
  'subscription.duplicate': operator(alertOperators('subscription.duplicate')),
  'subscription.schedule_cancel': customer(whereRead(aboutCancellation)),
  'subscription.change_plan': customer(whereRead(aboutChangedPlan)),
  'subscription.coming_plan': customer(whereRead(aboutComingPlan)),
  'price.coming': customer(whereRead(aboutComingPrice)),
  'price.kept': customer(whereRead(aboutKeptPrice)),
  'renewal.yearly': customer(whereRead(aboutYearlyRenewal)),
  'card.expiring': customer(whereRead(aboutCard)),
  'subscription.end': customer(whereRead(aboutEnd)),
  'payment.late': both(whereRead(aboutLatePayment), alertOperators('payment.late')),
  'customer.conflict': operator(alertOfCustomers),
  'customer.miss': operator(alertOfCustomers),
  'usage.near_limit': customer(whereRead(aboutUsage)),
  'usage.limit_reached': customer(whereRead(aboutUsage)),
}

function customer(toCustomer: ToCustomer): Writer<'customer'> {
  return { toCustomer, toOperators: null }
}

function operator(toOperators: ToOperators): Writer<'operator'> {
  return { toCustomer: null, toOperators }
}

function both(toCustomer: ToCustomer, toOperators: ToOperators): Writer<'both'> {
  return { toCustomer, toOperators }
}

// An unknown customer, or one who was erased, has no address.
function whereRead(about: (writing: Writing) => Promise<Mail | null>): ToCustomer {
  return async ({ to, ...writing }) => ({
    email: to === null ? null : await about({ to, ...writing }),
    unsettled: null,
  })
}

function alertOperators(kind: OperatorKind): ToOperators {
  return async (notification) =>
    env().adminEmails.map((to) => operatorEmail(to, { ...notification, kind }))
}

function alertOfCustomers(notification: Notification): Promise<Mail[]> {
  return customerProblemEmails(notification, env().adminEmails)
}

// Part of the money is a matter between two people; all of it leaves a plan that is not paid for. What
// we sent back for a plan that had ended has an email of its own.
function ofWholeRefund(toOperators: ToOperators): ToOperators {
  return async (notification) => {
    const { wholeCharge, isOfLateMoney } = await retrieveRefund(notification.objectId)
    return wholeCharge && !isOfLateMoney ? toOperators(notification) : []
  }
}
