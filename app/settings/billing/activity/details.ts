import type { Activity } from '@/lib/audit/activity'
import { disputeOutcome } from '@/lib/audit/dispute-outcome'
import { moneyText } from '@/lib/audit/money-text'
import { PLANS, TIERS } from '@/lib/catalog/plans'
import { formatDay } from '@/lib/day'

/** What a sentence may name of what was stored: each as it is read, or null where it is not there as expected. */
export type Details = Record<
  'plan' | 'day' | 'months' | 'money' | 'units' | 'outcome' | 'refund',
  string | null
>

/** Reads a row's details. It was written by any version of the application, so nothing of it is taken on trust. */
export function after({ after }: Pick<Activity, 'after'>): Details {
  const { tier, cancelAt, months, quantity, refund } = after ?? {}
  return {
    plan: planText(tier),
    day: typeof cancelAt === 'string' ? dayText(cancelAt) : null,
    months: isCount(months) ? `${months} month${months === 1 ? '' : 's'}` : null,
    money: moneyText(after),
    outcome: disputeOutcome(after),
    refund: refund === true ? 'yes' : null,
    units: isCount(quantity) ? quantity.toLocaleString('en-US') : null,
  }
}

function planText(tier: unknown): string | null {
  const known = TIERS.find((each) => each === tier)
  return known ? PLANS[known].name : null
}

function dayText(instant: string): string | null {
  const date = new Date(instant)
  return Number.isNaN(date.getTime()) ? null : formatDay(date)
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0
}
