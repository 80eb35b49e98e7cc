import type { LateMoneyDid, Notification } from '@/lib/events/notification'
import type { AudienceFor, NotificationKind } from '@/lib/events/notifications'
import type { Mail } from './mail'
import { renderEmail } from './render'

/** What operators are written to about; of customers themselves each has a text of its own. */
export type OperatorKind = {
  [Kind in Exclude<
    NotificationKind,
    'customer.conflict' | 'customer.miss'
  >]: AudienceFor<Kind> extends 'operator' | 'both' ? Kind : never
}[Exclude<NotificationKind, 'customer.conflict' | 'customer.miss'>]

/** What happened, to what, and what to do about it: for those who run this. */
export function operatorEmail(
  to: string,
  notification: Notification & { kind: OperatorKind },
): Mail {
  const { kind, objectId, customerId, did } = notification
  const { title, next, page } = WORDS[kind]
  const whose = customerId ? ` It is about ${customerId}.` : ''
  return renderEmail({
    to,
    subject: `${title}: ${objectId}`,
    paragraphs: [`${title}: ${objectId}.${whose}`, did ? DID[did](notification) : next],
    link: {
      label: 'Open it at Stripe',
      url: `https://dashboard.stripe.com/${page === CUSTOMER ? `customers/${customerId}` : page}`,
    },
  })
}

// What was done with late money by policy, and what is left to do.
const DID: Record<LateMoneyDid, (notification: Notification) => string> = {
  refunded: () => 'It was sent back, and its customer was notified. There is nothing to do.',
  restarted: ({ restartedAs }) =>
    `It pays for a first period of ${restartedAs ?? 'a new subscription'}, and its customer was notified. There is nothing to do.`,
  kept: () =>
    'Nothing was done with it, and its customer was notified that you decide: refund it, or start the plan anew.',
}

type Words = { title: string; next: string; page: string }

// The page of the customer, where it is one thing among several that has to be looked at.
const CUSTOMER = 'customer'

const WORDS: Record<OperatorKind, Words> = {
  'payment.late': {
    title: 'Money arrived for an ended subscription',
    next: 'See what became of it.',
    page: CUSTOMER,
  },
  'subscription.duplicate': {
    title: 'A customer has a second subscription',
    next: 'Each of them is charged. Their billing page asks them to cancel one; refund what they did not mean to pay.',
    page: CUSTOMER,
  },
  'charge.dispute.created': {
    title: 'A charge is disputed',
    next: 'Answer within the days that Stripe names there, or the money is gone.',
    page: 'disputes',
  },
  'charge.dispute.closed': {
    title: 'A dispute is decided',
    next: 'See whether it was won, and whether the subscription should go on.',
    page: 'disputes',
  },
  'radar.early_fraud_warning.created': {
    title: 'A bank suspects fraud',
    next: 'Refund the charge now, or expect a dispute.',
    page: 'payments',
  },
  'refund.failed': {
    title: 'A refund did not arrive',
    next: 'The money is back in your balance: send it another way.',
    page: 'payments',
  },
  'refund.created': {
    title: 'A charge was refunded in full',
    next: 'A refund ends no subscription: cancel it there, too, if it should not go on.',
    page: 'payments',
  },
  'checkout.session.async_payment_failed': {
    title: 'A first bank debit came back',
    next: 'The plan did not start, and its buyer was notified. Its subscription is canceled by us.',
    page: 'payments',
  },
  'invoice.finalization_failed': {
    title: 'An invoice cannot be finalized',
    next: 'The subscription runs unbilled until that is mended; often a tax address is missing.',
    page: 'invoices',
  },
}
