/** The first days of the last `count` months in UTC, the running one last: `2027-01-01`. */
export function lastMonths(now: Date, count: number): string[] {
  return Array.from({ length: count }, (_, n) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - (count - 1 - n), 1))
      .toISOString()
      .slice(0, 10),
  )
}

/** The first day of the month before: `2026-12-01`, of `2027-01-01`. */
export function monthBefore(month: string): string {
  return lastMonths(new Date(month), 2)[0] ?? month
}
