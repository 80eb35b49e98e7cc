import type Stripe from 'stripe'

interface Every {
  interval: Stripe.Price.Recurring.Interval
  interval_count: number
}

const DAY = 86_400
const LONGEST_DAYS = new Map<string, number>([
  ['day', 1],
  ['week', 7],
  ['month', 31],
  ['year', 366],
])

/**
 * `anchor` moved by `times` intervals. Months keep the anchor's day, or take their own last one
 * when they are shorter. UTC.
 */
export function later(anchor: number, every: Every, times: number): number {
  const count = every.interval_count * times
  if (every.interval === 'day') return anchor + count * DAY
  if (every.interval === 'week') return anchor + count * 7 * DAY
  return addMonths(anchor, every.interval === 'year' ? count * 12 : count)
}

/** The period that begins at `start`: it ends at the next step that is counted from the anchor. */
export function periodFrom(
  start: number,
  anchor: number,
  every: Every,
): { start: number; end: number } {
  // From below, because the anchor may lie ahead.
  let times = Math.floor((start - anchor) / longest(every)) - 1
  while (later(anchor, every, times) <= start) times += 1
  return { start, end: later(anchor, every, times) }
}

/** `anchor` moved by whole months; a shorter month gives its last day. UTC. */
export function addMonths(anchor: number, months: number): number {
  const from = new Date(anchor * 1000)
  const year = from.getUTCFullYear()
  const month = from.getUTCMonth() + months
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  const day = Math.min(from.getUTCDate(), lastDay)
  const clock = [from.getUTCHours(), from.getUTCMinutes(), from.getUTCSeconds()] as const
  return Date.UTC(year, month, day, ...clock) / 1000
}

/** More than an interval can last, so that dividing by it never overshoots. */
function longest({ interval, interval_count }: Every): number {
  return (LONGEST_DAYS.get(interval) ?? 366) * DAY * interval_count
}
