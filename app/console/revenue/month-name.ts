const MONTH = new Intl.DateTimeFormat('en-US', { month: 'short', year: 'numeric', timeZone: 'UTC' })
const DAY = new Intl.DateTimeFormat('en-US', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
})

/** `Jan 2027`, of `2027-01-01`. */
export function monthName(month: string): string {
  return MONTH.format(new Date(month))
}

/** `Fri, Jan 1`, of `2027-01-01`. */
export function dayName(day: string): string {
  return DAY.format(new Date(day))
}
