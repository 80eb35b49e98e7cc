import type { SubscriptionRow } from '@/db/queries/claim'
import { PLANS } from '@/lib/catalog/plans'
import { formatDay } from '@/lib/day'
import { parseTier } from '@/lib/entitlements/governing'
import { letter } from '@/lib/mail/letter'
import type { Mail } from '@/lib/mail/mail'
import { formatMoney } from '@/lib/money'
import { isCancelling } from '@/lib/sync/name-change'

/**
 * A trial that is about to end: what it will cost, from when, and how not to. Null when there is
 * nothing to say any more: it has ended, or will not go on.
 */
export function trialLetter(given: {
  to: string
  subscription: SubscriptionRow
  billingUrl: string
  now: Date
}): Mail | null {
  const { to, subscription, billingUrl, now } = given
  const { status, trialEnd, unitAmount, currency, quantity } = subscription
  if (status !== 'trialing' || !trialEnd || trialEnd <= now || isCancelling(subscription))
    return null
  const tier = parseTier(subscription.tier)
  const plan = tier ? PLANS[tier].name : 'your plan'
  const price =
    unitAmount === null || currency === null
      ? 'Its price'
      : formatMoney({ amount: unitAmount * (quantity ?? 1), currency })
  const day = formatDay(trialEnd)
  return letter({
    to,
    subject: `Your trial of ${plan} ends on ${day}`,
    paragraphs: [
      `${price} for ${plan} is charged on ${day}, when your trial ends.`,
      'If you cancel before, nothing is charged.',
    ],
    link: { label: 'See your plan', url: billingUrl },
  })
}
