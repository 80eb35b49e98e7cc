import { consequence } from './consequence'
import type { Mail } from './mail'
import type { OpenPayment } from './open-payment'
import { openPaymentFacts, remedy, whatFor, withTheRest } from './open-payment-words'
import { renderEmail } from './render'

/** The bank wants to hear from its customer before it pays. */
export function paymentActionEmail(payment: OpenPayment): Mail {
  const what = whatFor(payment)
  return renderEmail({
    to: payment.to,
    subject: `Your bank asks you to confirm ${what}`,
    paragraphs: [
      `${what} is not paid yet: your bank wants you to confirm it.`,
      ...withTheRest(payment),
      ...consequence(payment),
    ],
    facts: openPaymentFacts(payment),
    link: remedy(payment, 'Confirm the payment'),
  })
}
