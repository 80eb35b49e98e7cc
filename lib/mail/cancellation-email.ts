import { FREE } from '@/lib/catalog/plans'
import { formatDay } from '@/lib/day'
import { formatMoney, type Money } from '@/lib/money'
import type { SubscriptionNow } from '@/lib/stripe/subscription-now'
import type { Mail } from './mail'
import { renderEmail } from './render'

export type Cancellation = {
  to: string
  /** Null where our records do not know its price. */
  plan: string | null
  subscription: Pick<SubscriptionNow, 'status' | 'endedAt' | 'cancelAt'>
  /** What was billed already and is still charged; null where nothing is, or it is not known. */
  due: Money | null
  /** They have another plan, which this one does not touch. */
  hasOther: boolean
  billingUrl: string
}

/**
 * A cancellation is confirmed: until when the plan is on, that it does not renew, and how to keep it. Null when it
 * was taken back, or is over by now.
 */
export function cancellationEmail(given: Cancellation): Mail | null {
  const { to, plan, subscription, due, hasOther, billingUrl } = given
  const { status, endedAt, cancelAt } = subscription
  if (endedAt || !cancelAt) return null
  const name = plan ?? 'Your plan'
  const day = formatDay(cancelAt)
  const isOn = status === 'active' || status === 'trialing'
  return renderEmail({
    to,
    subject: `${name} is canceled and ends on ${day}`,
    paragraphs: [
      isOn
        ? `${name} is canceled. It stays on until ${day} and does not renew.`
        : `${name} is canceled. It ends on ${day} and does not renew. What is open until then is still asked for.`,
      ...(isOn && due
        ? [`${formatMoney(due)} that is billed already is still charged, and nothing after it.`]
        : []),
      hasOther
        ? 'Your other plan goes on as it is.'
        : `After that, ${FREE.name} applies, and your data is kept. Until then you can keep ${plan ?? 'the plan'} with one click.`,
    ],
    facts: [
      plan ? ['Plan', plan] : null,
      [isOn ? 'On until' : 'Ends', day],
      isOn && due ? ['Still charged', formatMoney(due)] : null,
    ],
    link: { label: `Keep ${plan ?? 'the plan'}, or see your billing`, url: billingUrl },
  })
}
