import type { Activity } from '@/lib/audit/activity'
import { PLANS, TIERS } from '@/lib/catalog/plans'
import { formatDay } from '@/lib/day'
import { formatMoney } from '@/lib/money'

/** What a sentence may name of what was stored: each as it is read, or null where it is not there as expected. */
export type Details = Record<'plan' | 'day' | 'months' | 'money' | 'units', string | null>

/** Reads a row's details. It was written by any version of the application, so nothing of it is taken on trust. */
export function after({ after }: Pick<Activity, 'after'>): Details {
  const { tier, cancelAt, months, amount, currency, quantity } = after ?? {}
  return {
    plan: planText(tier),
    day: typeof cancelAt === 'string' ? dayText(cancelAt) : null,
    months: isCount(months) ? `${months} month${months === 1 ? '' : 's'}` : null,
    money:
      isCount(amount) && typeof currency === 'string' && /^[a-z]{3}$/.test(currency)
        ? formatMoney({ amount, currency })
        : null,
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
