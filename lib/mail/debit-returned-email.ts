import { FREE, PLANS } from '@/lib/catalog/plans'
import { parseTier } from '@/lib/entitlements/governing'
import { formatMoney } from '@/lib/money'
import type { CheckoutSessionSnapshot, Receipt } from '@/lib/stripe/checkout-session-snapshot'
import type { Mail } from './mail'
import { renderEmail } from './render'

/** The bank debit that a plan was bought with came back: nothing was paid, and nothing began. */
export function debitReturnedEmail(given: {
  to: string
  session: Pick<CheckoutSessionSnapshot, 'tier'> & { receipt: Pick<Receipt, 'total'> | null }
  /** They have a plan by now, which this does not touch. */
  hasPlan: boolean
  appUrl: string
}): Mail {
  const { to, session, hasPlan, appUrl } = given
  const { receipt, tier } = session
  const known = parseTier(tier)
  const plan = known ? PLANS[known].name : 'your plan'
  const what = receipt ? `${formatMoney(receipt.total)} for ${plan}` : `The payment for ${plan}`
  return renderEmail({
    to,
    subject: `Your payment for ${plan} did not arrive`,
    paragraphs: [
      `${what} was returned by your bank, so ${plan} did not start. You were not charged.`,
      hasPlan
        ? 'The plan that you have by now goes on as it is.'
        : `You are on ${FREE.name}, and your data is kept. You can choose a plan again and pay another way.`,
    ],
    link: hasPlan
      ? { label: 'See your billing', url: `${appUrl}/settings/billing` }
      : { label: 'Choose a plan', url: `${appUrl}/pricing` },
  })
}
