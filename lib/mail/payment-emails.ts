import { PLANS } from '@/lib/catalog/plans'
import { formatDay } from '@/lib/day'
import { parseTier } from '@/lib/entitlements/governing'
import { formatMoney } from '@/lib/money'
import { consequence } from './consequence'
import type { Mail } from './mail'
import type { OpenPayment } from './open-payment'
import { renderEmail } from './render'

/** A charge did not go through: the amount, when it is tried again, and what happens otherwise. */
export function paymentFailedEmail(payment: OpenPayment): Mail {
  const what = whatFor(payment)
  return renderEmail({
    to: payment.to,
    subject: `We could not charge ${what}`,
    paragraphs: [`${what} could not be charged. ${nextTry(payment)}`, ...consequence(payment)],
    link: remedy(payment, 'Pay, or change your card'),
  })
}

/** The bank wants to hear from its customer before it pays. */
export function paymentActionEmail(payment: OpenPayment): Mail {
  const what = whatFor(payment)
  return renderEmail({
    to: payment.to,
    subject: `Your bank asks you to confirm ${what}`,
    paragraphs: [
      `${what} is not paid yet: your bank wants you to confirm it.`,
      ...consequence(payment),
    ],
    link: remedy(payment, 'Confirm the payment'),
  })
}

function whatFor({ invoice, subscription }: OpenPayment): string {
  const tier = parseTier(subscription?.tier ?? null)
  const amount = formatMoney(invoice.remaining)
  return tier ? `${amount} for ${PLANS[tier].name}` : amount
}

function nextTry({ invoice: { nextAttempt }, now }: OpenPayment): string {
  if (!nextAttempt) return 'Your bank is not asked again by itself.'
  // It is due by now, and may be under way.
  if (nextAttempt <= now) return 'Your bank is being asked again.'
  return `Your bank is asked again on ${formatDay(nextAttempt)}.`
}

// Stripe's page takes the money for this invoice alone. Where that would not bring the plan back,
// the email does not link to it.
function remedy(
  { invoice, billingUrl }: OpenPayment,
  label: string,
): { label: string; url: string } {
  const { subscription, payUrl } = invoice
  const helps =
    !subscription ||
    (subscription.status !== 'paused' && subscription.latestInvoiceId === invoice.id)
  return payUrl && helps ? { label, url: payUrl } : { label: 'See your billing', url: billingUrl }
}
