import type { SubscriptionRow } from '@/db/queries/claim'
import { PLANS } from '@/lib/catalog/plans'
import { formatDay } from '@/lib/day'
import { graceUntil } from '@/lib/entitlements/access'
import { parseTier } from '@/lib/entitlements/governing'
import { letter } from '@/lib/mail/letter'
import type { Mail } from '@/lib/mail/mail'
import { formatMoney } from '@/lib/money'
import type { InvoiceSnapshot } from '@/lib/stripe/invoices'

export type OpenPayment = {
  to: string
  invoice: InvoiceSnapshot
  /** What it pays for, by our books; null for an invoice of its own. */
  subscription: SubscriptionRow | null
  /** Where to change the card, on our own pages. */
  billingUrl: string
}

/** A charge did not go through: the amount, when it is tried again, and what happens otherwise. */
export function paymentFailedLetter(payment: OpenPayment): Mail {
  const { to, invoice, billingUrl } = payment
  const what = whatFor(payment)
  const again = invoice.nextAttempt
    ? `Your bank is asked again on ${formatDay(invoice.nextAttempt)}.`
    : 'Your bank is not asked again by itself.'
  return letter({
    to,
    subject: `We could not charge ${what}`,
    paragraphs: [`${what} could not be charged. ${again}`, consequence(payment)],
    link: { label: 'Pay, or change your card', url: invoice.payUrl ?? billingUrl },
  })
}

/** The bank wants to hear from its customer before it pays. */
export function paymentActionLetter(payment: OpenPayment): Mail {
  const what = whatFor(payment)
  return letter({
    to: payment.to,
    subject: `Your bank asks you to confirm ${what}`,
    paragraphs: [
      `${what} is not paid yet: your bank wants you to confirm it.`,
      consequence(payment),
    ],
    link: { label: 'Confirm the payment', url: payment.invoice.payUrl ?? payment.billingUrl },
  })
}

function whatFor({ invoice, subscription }: OpenPayment): string {
  const tier = parseTier(subscription?.tier ?? null)
  const amount = formatMoney(invoice.remaining)
  return tier ? `${amount} for ${PLANS[tier].name}` : amount
}

function consequence({ subscription }: OpenPayment): string {
  const until = subscription && graceUntil(subscription)
  if (until) return `Your plan stays on until ${formatDay(until)}. After that, Free applies.`
  return 'Your plan may be limited until it is paid.'
}
