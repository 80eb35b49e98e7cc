import { valuesOf } from './cron-field'

const DAY = 86_400_000

/**
 * The longest time, in milliseconds, between two runs of a cron expression with five fields: numbers,
 * `*`, lists, ranges and steps.
 * @throws for an expression that cannot be read, or that never runs
 */
export function longestGap(expression: string): number {
  const [minutes, hours, dates, months, weekdays, ...rest] = expression.trim().split(/\s+/)
  if (!minutes || !hours || !dates || !months || !weekdays || rest.length > 0) {
    throw new Error(`${expression} is no cron expression of five fields.`)
  }
  const [minute, hour] = [valuesOf(minutes, 0, 59), valuesOf(hours, 0, 23)]
  const runs = hour.flatMap((h) => minute.map((m) => (h * 60 + m) * 60_000))
  const [date, month] = [valuesOf(dates, 1, 31), valuesOf(months, 1, 12)]
  const weekday = valuesOf(weekdays, 0, 7).map((day) => day % 7)
  // Cron takes either day when both are given, and both when one of them is free.
  const either = dates !== '*' && weekdays !== '*'
  const days = YEARS.filter((day) => {
    const on = [date.includes(day.getUTCDate()), weekday.includes(day.getUTCDay())]
    return month.includes(day.getUTCMonth() + 1) && (either ? on.some(Boolean) : on.every(Boolean))
  })
  const [first = 0, last = 0] = [runs[0], runs.at(-1)]
  const gaps = [
    ...steps(runs),
    ...steps(days.map((day) => day.getTime())).map((step) => step - last + first),
  ]
  if (days.length < 2) throw new Error(`${expression} never runs.`)
  return Math.max(...gaps)
}

function steps(ascending: readonly number[]): number[] {
  return ascending.slice(1).map((value, i) => value - (ascending[i] ?? value))
}

// Two years and a day: what runs once a year has then run twice.
const YEARS = Array.from({ length: 731 }, (_, i) => new Date(Date.UTC(2027, 0, 1) + i * DAY))
