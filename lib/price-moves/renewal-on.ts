type Cycle = {
  /** From which instant periods are counted. */
  anchor: Date
  /** The renewal that comes next. */
  next: Date
  interval: 'month' | 'year'
  intervalCount: number
}

/** The first renewal of a subscription on or after a day. */
export function renewalOn({ anchor, next, interval, intervalCount }: Cycle, day: Date): Date {
  const step = interval === 'year' ? 12 * intervalCount : intervalCount
  const passed =
    (next.getUTCFullYear() - anchor.getUTCFullYear()) * 12 +
    next.getUTCMonth() -
    anchor.getUTCMonth()
  // Periods that were moved, as a trial does, are counted from the renewal that Stripe names.
  const isOnCycle = addMonths(anchor, passed).getTime() === next.getTime()
  const [from, before] = isOnCycle ? [anchor, passed] : [next, 0]
  let at = next
  for (let more = step; at < day; more += step) at = addMonths(from, before + more)
  return at
}

// Stripe counts periods from the anchor; a shorter month ends one on its last day.
function addMonths(anchor: Date, months: number): Date {
  const moved = new Date(anchor)
  moved.setUTCDate(1)
  moved.setUTCMonth(moved.getUTCMonth() + months)
  const last = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate()
  moved.setUTCDate(Math.min(anchor.getUTCDate(), last))
  return moved
}
