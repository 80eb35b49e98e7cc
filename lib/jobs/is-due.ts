import { valuesOf } from './cron-field'

/** Whether a cron expression of five fields means this minute, in UTC. @throws for one that cannot be read */
export function isDue(expression: string, at: Date): boolean {
  const [minutes = '', hours = '', dates = '', months = '', weekdays = ''] = expression
    .trim()
    .split(/\s+/)
  const on = [
    valuesOf(dates, 1, 31).includes(at.getUTCDate()),
    valuesOf(weekdays, 0, 7).some((day) => day % 7 === at.getUTCDay()),
  ]
  // Cron takes either day when both are given, and both when one of them is free.
  const either = dates !== '*' && weekdays !== '*'
  return (
    valuesOf(minutes, 0, 59).includes(at.getUTCMinutes()) &&
    valuesOf(hours, 0, 23).includes(at.getUTCHours()) &&
    valuesOf(months, 1, 12).includes(at.getUTCMonth() + 1) &&
    (either ? on.some(Boolean) : on.every(Boolean))
  )
}
