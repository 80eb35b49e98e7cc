import { planBilled } from '@/app/settings/billing/interval-text'
import { PLANS } from '@/lib/catalog/plans'
import { formatDay } from '@/lib/day'
import { formatMoney } from '@/lib/money'
import type { Review } from '@/lib/subscriptions/review-change'

export type ReviewWords = {
  title: string
  detail: string
  /** What the sum is. */
  total: string
  button: string
  /** What has to be agreed to; null where nothing is charged now. */
  agreement: string | null
}

/** What a change does and when: the amount, the day, and what follows, in that order. */
export function reviewWords({ when, billing, choice, preview }: Review): ReviewWords {
  const from = planBilled(PLANS[billing.plan ?? billing.tier].name, billing)
  const to = planBilled(PLANS[choice.tier].name, { ...choice, recurrence: null })
  const title = `From ${from} to ${to}`
  const amount = formatMoney({ amount: preview.due, currency: preview.currency })
  if (when === 'now') {
    const free = preview.due === 0
    return {
      title,
      detail: `${PLANS[choice.tier].name} starts at once. What you have paid for and not used is taken off.`,
      total: 'Charged today',
      button: free ? `Change to ${to}` : `Confirm and pay ${amount}`,
      agreement: free ? null : `I agree to be charged ${amount} today.`,
    }
  }
  const day = formatDay(preview.at)
  const stays = `${from} stays until ${day}, then ${to} begins.`
  return {
    title,
    detail: `Nothing to pay today. ${when === 'on_trial' ? 'Your trial goes on as it is.' : stays}`,
    total: when === 'on_trial' ? `After the trial, on ${day}` : `First charge, on ${day}`,
    button: when === 'on_trial' ? `Change to ${to}` : 'Plan this change',
    agreement: null,
  }
}
