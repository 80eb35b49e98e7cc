import type { Billing } from '@/lib/billing/billing'
import type { Choice } from '@/lib/catalog/parse-choice'
import { PLANS, type Tier } from '@/lib/catalog/plans'
import { directionOf } from '@/lib/subscriptions/direction'

export type Offered = {
  /** Null: it is what they have. */
  label: string | null
  note: string
  primary: boolean
}

/** What a subscriber is offered with a plan and an interval: which way it goes, and when. */
export function offerOf(
  { plan, tier, interval, status }: Billing,
  choice: Choice & { tier: Tier },
): Offered {
  const from = plan ?? tier
  const { name } = PLANS[choice.tier]
  const direction = directionOf({ tier: from, interval }, choice)
  if (direction === 'none') return { label: null, note: 'You are on this plan.', primary: false }
  const isInterval = from === choice.tier
  const what = isInterval
    ? `Switch to ${choice.interval === 'year' ? 'yearly' : 'monthly'}`
    : direction === 'now'
      ? `Upgrade to ${name}`
      : `Switch to ${name}`
  if (status === 'trialing')
    return { label: what, note: 'Your trial goes on as it is', primary: true }
  return direction === 'now'
    ? { label: what, note: 'At once; you see the amount first', primary: true }
    : { label: what, note: 'With your next period', primary: false }
}
