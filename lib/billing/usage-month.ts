/** A usage month: from `start` on, up to and without `end`. */
export type UsageMonth = { start: Date; end: Date }

/** The calendar month of an instant, in UTC: limits are monthly for yearly plans, too. */
export function usageMonth(now: Date): UsageMonth {
  const year = now.getUTCFullYear()
  const month = now.getUTCMonth()
  return { start: new Date(Date.UTC(year, month, 1)), end: new Date(Date.UTC(year, month + 1, 1)) }
}
