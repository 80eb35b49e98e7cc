import { planName } from '@/app/settings/billing/plan-state'
import { stillCharged } from '@/app/settings/billing/still-charged'
import type { Billing } from '@/lib/billing/billing'
import { COLLECTION_POLICY, type CollectionPolicy } from '@/lib/catalog/collection-policy'
import { FEATURES } from '@/lib/catalog/features'
import { FREE } from '@/lib/catalog/plans'
import { formatDay } from '@/lib/day'
import { endsAtOnce } from '@/lib/subscriptions/ends-at-once'

export type Consequences = {
  /** What the form says that it asks for, so that nothing else is done. */
  when: 'period_end' | 'now'
  title: string
  detail: string
  loses: string[]
}

/** What canceling now does to this plan: the day first, then the money, then what is gone after it. */
export function consequences(billing: Billing, policy = COLLECTION_POLICY): Consequences {
  const name = planName(billing)
  const { status, trialEnd, currentPeriodEnd, usage, features } = billing
  const loses = [
    ...(usage.limit > FREE.monthlyUses
      ? [`${count(usage.limit)} uses a month become ${count(FREE.monthlyUses)}`]
      : []),
    ...features.map((feature) => FEATURES[feature].name),
  ]
  if (endsAtOnce(status))
    return {
      ...{ when: 'now', loses },
      title: `${name} ends at once.`,
      detail: moneyAfter(billing, policy),
    }
  const end = status === 'trialing' ? trialEnd : currentPeriodEnd
  return {
    ...{ when: 'period_end', loses },
    title: end ? `${name} stays on until ${formatDay(end)}.` : `${name} stays on to its end.`,
    detail:
      status === 'trialing'
        ? 'You will not be charged. Until that day you can change your mind.'
        : `${stillCharged(billing) ?? 'You will not be charged again.'} Until that day you can change your mind.`,
  }
}

// What a bank has an order for is not stopped by the end of a plan.
function moneyAfter({ status, open }: Billing, policy: CollectionPolicy): string {
  if (status === 'processing' || open?.isProcessing)
    return `Your bank has the order for its payment already, and the money may still leave your account. ${LATE_MONEY[policy.lateMoney]}`
  return policy.openInvoices === 'leave'
    ? 'No payment is tried again by itself. What is open stays to be paid, and your invoices have the way.'
    : 'What is open is not asked for any more, and no payment is tried again.'
}

const LATE_MONEY: Record<CollectionPolicy['lateMoney'], string> = {
  refund: 'Then it is sent back to you.',
  restart: 'Then it pays for a new first period of the same plan, or is sent back to you.',
  keep: 'Then we write to you about it.',
}

function count(uses: number): string {
  return uses.toLocaleString('en-US')
}
