import { formatDay } from '@/lib/day'
import { consequence } from './consequence'
import type { Mail } from './mail'
import type { OpenPayment } from './open-payment'
import { openPaymentFacts, remedy, whatFor, withTheRest } from './open-payment-words'
import { renderEmail } from './render'

/** A charge did not go through: the amount, when it is tried again, and what happens otherwise. */
export function paymentFailedEmail(payment: OpenPayment): Mail {
  const what = whatFor(payment)
  return renderEmail({
    to: payment.to,
    subject: `We could not charge ${what}`,
    paragraphs: [
      `${what} could not be charged. ${nextTry(payment)}`,
      ...withTheRest(payment),
      ...consequence(payment),
    ],
    facts: openPaymentFacts(payment),
    link: remedy(payment, 'Pay, or change your card'),
  })
}

function nextTry({ invoice: { nextAttempt }, now }: OpenPayment): string {
  if (!nextAttempt) return 'Your bank is not asked again by itself.'
  // It is due by now, and may be under way.
  if (nextAttempt <= now) return 'Your bank is being asked again.'
  return `Your bank is asked again on ${formatDay(nextAttempt)}.`
}
