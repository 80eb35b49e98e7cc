import type { UsageDay } from '@/lib/usage/history'

/**
 * One day of the chart: where it stands, and how high, both in a hundredth of the chart's height
 * and of a day's width.
 */
export type Bar = { key: string; x: number; height: number }

// Of its day's width, so that neighbors do not touch.
export const BAR = 70

// A day with a single use is seen beside one with a thousand.
const LEAST = 2

/** The bars of the days that were, the highest as high as the chart. A day without a use has none. */
export function barsOf(days: readonly UsageDay[]): Bar[] {
  const most = mostOf(days)
  return days.flatMap(({ day, units }, n) => {
    if (units <= 0) return []
    return [
      { key: day, x: n * 100 + (100 - BAR) / 2, height: Math.max(LEAST, (units / most) * 100) },
    ]
  })
}

/** The units of the day with most of them; 1 at least, so that it can be divided by. */
export function mostOf(days: readonly UsageDay[]): number {
  return Math.max(1, ...days.map(({ units }) => units))
}
