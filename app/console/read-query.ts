import type { RowMark } from '@/lib/console/read-timeline'
import { TOPICS, type Topic } from '@/lib/console/timeline'

/** Which topic of the timeline an address asks for; null for all. */
export function readTopic(value: unknown): Topic | null {
  return TOPICS.find((topic) => topic === value) ?? null
}

/** After which row an address asks for older ones, as `markText` wrote it; null from the newest on. */
export function readMark(value: unknown): RowMark | null {
  const [, at = '', n = '', scope = ''] =
    (typeof value === 'string' && /^([^~]+)~(\d{1,15})~([\w:.-]{3,300})$/.exec(value)) || []
  return readInstant(at) ? { at, n: Number(n), scope } : null
}

/** The same as part of an address. */
export function markText({ at, n, scope }: RowMark): string {
  return `${at}~${n}~${scope}`
}

/**
 * An instant as exactly as Postgres has it, to the microsecond. A day that no calendar has is none:
 * Postgres would refuse it.
 */
export function readInstant(value: unknown): string | null {
  if (typeof value !== 'string' || !/^[\d-]{10}T[\d:]{8}\.\d{1,6}Z$/.test(value)) return null
  const at = readBefore(value)
  return at?.toISOString().slice(0, 19) === value.slice(0, 19) ? value : null
}

function readBefore(value: unknown): Date | null {
  const at = typeof value === 'string' ? new Date(value) : null
  // Postgres knows no instant in the year 275760.
  return at && at.getFullYear() < 10_000 && at.getFullYear() > 1970 ? at : null
}
