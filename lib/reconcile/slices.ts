import type { Progress } from '@/db/queries/reconcile'
import { fromUnix, toUnix } from '@/lib/clock'

/** A stretch of business time in whole seconds, both included. */
export type Slice = { since: Date; until: Date }

const HOUR = 3600
const DAY = 24 * HOUR

// How long an event may take to show up in the list, and how far our clock may be from Stripe's.
const OVERLAP = HOUR
// Stripe forgets an event after this.
const MEMORY = 30 * DAY
// A day before it forgets: an operator whose job stopped this long ago must be alerted.
const ALARM = 29 * DAY

/** Stripe takes twenty types a call. */
const TYPES_PER_LIST = 20

/** A list that is this long may be cut off, so its slice is read again in narrower ones. */
export const FULL = 500

/** In seconds: what the hourly run has to look at, with room for one that was skipped. */
export const FIRST_WIDTH = 3 * HOUR

/**
 * Where to go on, and whether something may have been forgotten meanwhile. What was an hour old when
 * it was read is final; what was younger is read again. The first run looks at all that Stripe
 * remembers: an operator who turns this on late has lost events, too, and those that came are only counted.
 */
export function startOf(progress: Progress | null, now: Date): { since: Date; lost: boolean } {
  const oldest = toUnix(now) - MEMORY
  if (!progress?.readTo) return { since: fromUnix(oldest), lost: false }
  // Never ahead of now: a sandbox's clock can be put back, and ours be set right.
  const fresh = Math.min(toUnix(progress.at), toUnix(now)) - OVERLAP
  const final = Math.min(toUnix(progress.readTo), fresh)
  return { since: fromUnix(Math.max(oldest, final)), lost: final < toUnix(now) - ALARM }
}

/** The slice that begins at `since`, `width` seconds wide; null when there is nothing left to read. */
export function sliceAt(since: Date, width: number, now: Date): Slice | null {
  if (since > now) return null
  const until = Math.min(toUnix(since) + width - 1, toUnix(now))
  return { since, until: fromUnix(until) }
}

/** The first second after a slice. */
export function secondAfter({ until }: Slice): Date {
  return fromUnix(toUnix(until) + 1)
}

/**
 * How many seconds the next slice should have, by the longest list of this one. Quiet weeks take a few
 * calls, and a busy second is a slice of its own.
 */
export function nextWidth({ since, until }: Slice, longest: number): number {
  const width = toUnix(until) - toUnix(since) + 1
  if (longest >= FULL) return Math.max(1, Math.floor(width / 4))
  return longest <= FULL / 4 ? width * 2 : width
}

/** The types in lists that Stripe takes. */
export function typeLists(types: readonly string[]): string[][] {
  const lists = Math.ceil(types.length / TYPES_PER_LIST)
  return Array.from({ length: lists }, (_, n) =>
    types.slice(n * TYPES_PER_LIST, (n + 1) * TYPES_PER_LIST),
  )
}
