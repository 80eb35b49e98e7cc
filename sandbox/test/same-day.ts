import type { Clock } from '@/sandbox/clock'

/**
 * Moves a new sandbox to noon UTC of the next third of March that follows a leap day. A month later is another
 * number of days later on each day of four years, and what a test says of three renewals would hold on some of
 * them and not on others.
 */
export function beginOnTheSameDay(clock: Clock): void {
  const now = clock.now()
  const thirdOfMarch = (year: number) => Date.UTC(year, 2, 3, 12) / 1000
  const isToCome = (year: number) => year % LEAP === 0 && thirdOfMarch(year) >= now
  let year = new Date(now * 1000).getUTCFullYear()
  while (!isToCome(year)) year += 1
  clock.shift(thirdOfMarch(year) - now)
}

// Years from a leap day to the next, until 2096.
const LEAP = 4
