/** A usage period: from `start` on, up to and without `end`. */
export type UsagePeriod = { start: Date; end: Date }

/**
 * The usage period of an instant: a month of the subscription's own period, from its anchor day on, or the
 * calendar month where there is none. A yearly period has twelve. Past the end of `own`, the month that its
 * renewal begins with: the records may learn of it later. All in UTC, where no day is longer than another.
 * `db/functions/usage-period.sql` says the same.
 */
export function usagePeriod(now: Date, own: UsagePeriod | null): UsagePeriod {
  if (!own || own.end <= own.start) return calendarMonth(now)
  // Stripe's clock may be a moment ahead of ours.
  const at = now < own.start ? own.start : now
  const inside = at < own.end
  const base = inside ? own.start : own.end
  const day = anchorDay(own) ?? base.getUTCDate()
  const months = monthOf(at) - monthOf(base)
  const began = boundary(base, day, months) <= at ? months : months - 1
  const start = boundary(base, day, began)
  const end = boundary(base, day, began + 1)
  return { start, end: inside && own.end < end ? own.end : end }
}

/** The calendar month of an instant, in UTC. */
function calendarMonth(now: Date): UsagePeriod {
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()]
  return { start: new Date(Date.UTC(year, month, 1)), end: new Date(Date.UTC(year, month + 1, 1)) }
}

// The 31st shows as the 28th in February: the greater day of both ends is the anchor, where both agree with it.
function anchorDay({ start, end }: UsagePeriod): number | null {
  const day = Math.max(start.getUTCDate(), end.getUTCDate())
  const agree =
    timeOf(start) === timeOf(end) && [start, end].every((each) => +boundary(each, day, 0) === +each)
  return agree ? day : null
}

// So many months later, on the anchor day or on the last that the month has.
function boundary(base: Date, day: number, months: number): Date {
  const year = base.getUTCFullYear()
  const month = base.getUTCMonth() + months
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month, Math.min(day, last)) + timeOf(base))
}

function monthOf(at: Date): number {
  return at.getUTCFullYear() * 12 + at.getUTCMonth()
}

function timeOf(at: Date): number {
  return at.getTime() % 86_400_000
}
