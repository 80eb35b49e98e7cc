/**
 * Where "now" comes from. Business time (periods, grace, `valid_until`) may have to be asked of a
 * sandbox, whose clock it follows; signatures, leases, backoff and rate limits always use real time.
 */
export type Clock = { now(): Date | Promise<Date> }

export const realClock = { now: () => new Date() } satisfies Clock

/** Stripe's timestamps are Unix seconds. */
export function fromUnix(seconds: number): Date {
  return new Date(seconds * 1000)
}

/** What has begun of a second counts as nothing. */
export function toUnix(instant: Date): number {
  return Math.floor(instant.getTime() / 1000)
}

/** An instant's day in UTC as one number, such as 20261207: part of the name of what happens once a day at most. */
export function calendarDay(instant: Date): number {
  return Number(instant.toISOString().slice(0, 10).replaceAll('-', ''))
}

/** An instant's month in UTC as one number, such as 202612. */
export function calendarMonth(instant: Date): number {
  return Math.floor(calendarDay(instant) / 100)
}
