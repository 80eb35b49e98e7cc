import type { Clock } from '@/sandbox/clock'

/**
 * Moves a new sandbox to the next third of March, at noon UTC. A month later is another number of days later on
 * each day of the year, and what a test says of three renewals would hold on some days and not on others.
 */
export function beginOnTheSameDay(clock: Clock): void {
  const now = new Date(clock.now() * 1000)
  const inYear = (year: number) => Date.UTC(year, 2, 3, 12) / 1000
  const thisYear = inYear(now.getUTCFullYear()) - clock.now()
  clock.shift(thisYear > 0 ? thisYear : inYear(now.getUTCFullYear() + 1) - clock.now())
}
