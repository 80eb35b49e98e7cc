import type { MovementTotal } from '@/db/queries/revenue'
import { bridge, type Sum } from './bridge'

export type Cohort = {
  /** The first month at whose end these customers were worth something. */
  month: string
  /** What stands of them at the end of each month from then on. */
  months: { month: string; closing: Sum }[]
}

/** For each month who came in it, and what stands of them month by month. `totals`: from the first month on. */
export function cohorts(
  totals: readonly MovementTotal[],
  currency: string,
  months: readonly string[],
): Cohort[] {
  return months.map((month) => {
    const own = totals.filter((each) => each.cohort === month)
    const since = months.filter((each) => each >= month)
    return {
      month,
      months: bridge(own, { currency, plan: null, months: since }).map((each) => ({
        month: each.month,
        closing: each.closing,
      })),
    }
  })
}
