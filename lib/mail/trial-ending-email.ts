import { carriedText } from '@/lib/carried-text'
import { PLANS, type Tier } from '@/lib/catalog/plans'
import type { WithoutCard } from '@/lib/charge'
import { formatDay } from '@/lib/day'
import { formatMoney, type Money } from '@/lib/money'
import type { SubscriptionNow } from '@/lib/stripe/subscription-now'
import type { Mail } from './mail'
import { renderEmail } from './render'

export type EndingTrial = {
  to: string
  trial: SubscriptionNow & { withoutCard: WithoutCard | null }
  /** Null where our records do not know its price. */
  tier: Tier | null
  /** What Stripe will charge at its end. */
  charge: Money | null
  /** What is too little to be charged at its end: it is owed with the next invoice. */
  carried: Money | null
  billingUrl: string
  now: Date
}

/**
 * A trial that is about to end: what it will cost, from when, and how not to. Null when there is
 * nothing to say any more: it has ended, or will not go on.
 */
export function trialEndingEmail(ending: EndingTrial): Mail | null {
  const { to, trial, tier, billingUrl, now } = ending
  const { status, trialEnd, cancelAt } = trial
  if (status !== 'trialing' || !trialEnd || trialEnd <= now) return null
  if (cancelAt && cancelAt <= trialEnd) return null
  const plan = tier ? PLANS[tier].name : 'your plan'
  const { withoutCard } = trial
  const isDue = withoutCard === null || withoutCard === 'create_invoice'
  return renderEmail({
    to,
    subject: `Your trial of ${plan} ends on ${formatDay(trialEnd)}`,
    paragraphs: [
      ...whatFollows(ending, plan, formatDay(trialEnd)),
      ...(ending.carried ? [carriedText(ending.carried)] : []),
    ],
    facts: [
      tier ? ['Plan', plan] : null,
      ['Trial ends', formatDay(trialEnd)],
      ending.charge && isDue ? ['Due on that day', formatMoney(ending.charge)] : null,
    ],
    link: { label: withoutCard ? 'Add a card' : 'See your plan', url: billingUrl },
  })
}

function whatFollows({ trial, charge }: EndingTrial, plan: string, day: string): string[] {
  const name = plan.charAt(0).toUpperCase() + plan.slice(1)
  if (charge?.amount === 0)
    return [
      `${name} goes on after ${day}, when your trial ends, and nothing is charged on that day.`,
    ]
  const amount = charge ? formatMoney(charge) : 'Its price'
  switch (trial.withoutCard) {
    case 'pause':
    case 'cancel':
      return [
        `${name} ${trial.withoutCard === 'pause' ? 'pauses' : 'ends'} on ${day}, when your trial ends: there is no card on file for the ${charge ? amount : 'price'} that is due then.`,
        'Add a card before that day, and it goes on.',
      ]
    case 'create_invoice':
      return [
        `${amount} for ${plan} is charged on ${day}, when your trial ends.`,
        'There is no card on file yet: add one before that day. If you cancel before, nothing is charged.',
      ]
    case null:
      return [
        `${amount} for ${plan} is charged on ${day}, when your trial ends.`,
        'If you cancel before, nothing is charged.',
      ]
  }
}
