import { INTERVALS, type Interval, TIERS, type Tier } from '@/lib/catalog/plans'

type Plan = { tier: Tier; interval: Interval | null }

/** When a change of plan takes place: at once, at the end of what is paid for, or it is none. */
export type Direction = 'now' | 'period_end' | 'none'

/**
 * What is more begins at once, and is paid for at once. What is less, a smaller plan or a shorter interval,
 * waits for the end of what is paid for: no customer loses days that they have paid for.
 */
export function directionOf(from: Plan, to: Plan): Direction {
  const tiers = TIERS.indexOf(to.tier) - TIERS.indexOf(from.tier)
  const lengths = lengthOf(to) - lengthOf(from)
  if (tiers === 0 && lengths === 0) return 'none'
  return tiers < 0 || lengths < 0 ? 'period_end' : 'now'
}

// An interval that is none of ours is not longer or shorter than another.
function lengthOf({ interval }: Plan): number {
  return interval === null ? 0 : INTERVALS.indexOf(interval)
}
