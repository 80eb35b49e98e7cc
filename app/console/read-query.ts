import { TOPICS, type Topic } from '@/lib/console/timeline'

/** Which topic of the timeline an address asks for; null for all. */
export function readTopic(value: unknown): Topic | null {
  return TOPICS.find((topic) => topic === value) ?? null
}

/** Before which instant an address asks for rows; null from the newest on. */
export function readBefore(value: unknown): Date | null {
  const at = typeof value === 'string' ? new Date(value) : null
  // Postgres knows no instant in the year 275760.
  return at && at.getFullYear() < 10_000 && at.getFullYear() > 1970 ? at : null
}
