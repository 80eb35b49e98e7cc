import type { IconName } from '@/app/components/icons'
import { priceText } from '@/app/components/price-text'
import type { Tone } from '@/app/components/tone'
import { PLANS } from '@/lib/catalog/plans'
import { formatDay } from '@/lib/day'
import { formatMoney } from '@/lib/money'
import type { Billing } from '@/lib/subscriptions/billing'
import { moneyStrip } from './money-strips'
import { planName } from './standing'

export type Strip = {
  kind:
    | 'unpaid'
    | 'past_due'
    | 'incomplete'
    | 'processing'
    | 'duplicate'
    | 'limit'
    | 'ending'
    | 'paused'
    | 'trial'
    | 'ended'
    | 'unknown'
  tone: Tone
  icon: IconName
  title: string
  detail: string
  /** Where the remedy is: at Stripe's portal, there at the end of the other subscription, or among the plans. */
  action: { to: 'portal' | 'cancel_other' | 'plans'; label: string } | null
}

/**
 * What a person must know about their plan, the most urgent first; nothing for an active
 * plan in order. Amount, date, consequence, in that order, as far as each is known.
 */
export function stateStrips(billing: Billing): Strip[] {
  const money = moneyStrip(billing)
  // Of a payment that never came, the status says less than the money does.
  const said = money?.kind === 'ended'
  return [
    said ? money : duty(billing),
    duplicate(billing),
    said ? null : money,
    limit(billing),
    ending(billing),
    said ? null : rest(billing),
  ].filter((strip) => strip !== null)
}

function duty(b: Billing): Strip | null {
  if (b.status === 'unpaid') {
    return danger(
      'unpaid',
      `${planName(b)} is off until the open payment of ${amount(b)} is made.`,
      {
        detail: `${since(b)}Your data is safe, and everything comes back as soon as it is paid.`,
        label: 'Pay and restore',
      },
    )
  }
  if (b.status === 'past_due') return pastDue(b)
  if (b.status === 'incomplete') {
    return {
      kind: 'incomplete',
      tone: 'warn',
      icon: 'alert',
      title: 'Your bank has not confirmed the first payment.',
      detail:
        'You have not been charged, and the plan starts once it is confirmed. It expires after 23 hours.',
      action: { to: 'portal', label: 'Confirm payment' },
    }
  }
  return null
}

function pastDue(b: Billing): Strip {
  const ends = b.cancelAt ? ` It is set to end on ${formatDay(b.cancelAt)}.` : ''
  if (b.access === 'none') {
    return danger(
      'past_due',
      `${planName(b)} is off: the payment of ${amount(b)} has not come through.`,
      {
        detail: `${since(b)}Your data is safe. Change your card, and it comes back with the payment.${ends}`,
        label: 'Change your card',
      },
    )
  }
  const until = b.graceUntil
    ? ` until ${formatDay(b.graceUntil)}; after that the limits of Free apply`
    : ''
  return danger('past_due', `We could not charge ${amount(b)} to your card.`, {
    detail: `${since(b)}${planName(b)} stays on${until}. Stripe will try again by itself; if the card has expired or was refused, change it.${ends}`,
    label: 'Change your card',
  })
}

// Two of which one ends by itself are no mistake: nobody is charged twice again.
function duplicate(b: Billing): Strip | null {
  const others = b.others.filter(({ isCancelling }) => !isCancelling)
  const [other] = others
  if (!other || b.isCancelling) return null
  const name = other.plan ? PLANS[other.plan].name : 'A plan'
  const renews = other.currentPeriodEnd
    ? `, and renews on ${formatDay(other.currentPeriodEnd)}`
    : ''
  return {
    kind: 'duplicate',
    tone: 'warn',
    icon: 'alert',
    title: `You have ${COUNTS[others.length + 1] ?? others.length + 1} subscriptions, and each is charged.`,
    detail: `${planName(b)} is the one that counts. ${name} from another subscription is charged beside it${renews}. Cancel the one that you do not want; we have been told, too.`,
    action: { to: 'cancel_other', label: 'Cancel the other one' },
  }
}

const COUNTS: Record<number, string> = { 2: 'two', 3: 'three' }

function limit({ usage, tier }: Billing): Strip | null {
  if (usage.used < usage.limit) return null
  const next = { free: 'pro', pro: 'studio', studio: null } as const
  const better = next[tier]
  return {
    kind: 'limit',
    tone: 'warn',
    icon: 'alert',
    title: `All ${usage.limit.toLocaleString('en-US')} uses of this month are spent.`,
    detail: `New ones are possible from ${formatDay(usage.resetsAt)}.`,
    action: better && { to: 'plans', label: `Upgrade to ${PLANS[better].name}` },
  }
}

function ending(b: Billing): Strip | null {
  const date = b.cancelAt ?? b.currentPeriodEnd
  if (!b.isCancelling || (b.status !== 'active' && b.status !== 'trialing') || !date) return null
  return {
    kind: 'ending',
    tone: 'warn',
    icon: 'power',
    title: `${planName(b)} ends on ${formatDay(date)}.`,
    detail:
      'You will not be charged again. Until that day nothing changes; after it you are on Free.',
    action: { to: 'portal', label: `Keep ${planName(b)}` },
  }
}

function rest(b: Billing): Strip | null {
  switch (b.status) {
    case 'trialing': {
      if (b.isCancelling || !b.trialEnd) return null
      const then = b.price && b.interval ? `Then ${priceText(b.price, b.interval)}.` : ''
      return calm('trial', `Your trial ends on ${formatDay(b.trialEnd)}.`, {
        detail: `${then} Nothing is charged before that day.`.trim(),
        tone: 'info',
        icon: 'clock',
      })
    }
    case 'paused':
      return calm('paused', `${planName(b)} is paused.`, {
        detail:
          'Nothing is charged while it is, and the limits of Free apply. It goes on when you resume it.',
        icon: 'pause',
        action: { to: 'portal', label: 'Resume plan' },
      })
    case 'canceled':
      return calm(
        'ended',
        b.endedAt ? `Your plan ended on ${formatDay(b.endedAt)}.` : 'Your plan has ended.',
        {
          detail: 'You are on Free and will not be charged. Your data is kept.',
          action: { to: 'plans', label: 'Choose a plan' },
        },
      )
    case 'incomplete_expired':
      return calm('ended', 'The payment was not completed, so the plan did not start.', {
        detail: 'You were not charged.',
        action: { to: 'plans', label: 'Choose a plan' },
      })
    case 'unknown':
      return calm('unknown', 'Stripe reports a state that this page does not know yet.', {
        detail: 'The limits of Free apply until we have looked at it. Nothing was cancelled.',
        tone: 'info',
        icon: 'info',
      })
    default:
      return null
  }
}

function danger(
  kind: Strip['kind'],
  title: string,
  { detail, label }: { detail: string; label: string },
): Strip {
  return { kind, tone: 'danger', icon: 'alert', title, detail, action: { to: 'portal', label } }
}

function calm(
  kind: Strip['kind'],
  title: string,
  rest: Pick<Strip, 'detail'> & Partial<Strip>,
): Strip {
  return { tone: 'neutral', icon: 'dash', action: null, ...rest, kind, title }
}

function amount({ price }: Billing): string {
  return price ? formatMoney(price) : 'your plan'
}

function since({ pastDueSince }: Billing): string {
  return pastDueSince ? `It has been due since ${formatDay(pastDueSince)}. ` : ''
}
