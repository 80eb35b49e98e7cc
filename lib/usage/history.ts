import { listUsageDays } from '@/db/queries/usage-days'
import type { WorkspaceId } from '@/lib/ids'

/** A day, in UTC, such as `2026-11-27`, and the units that were used on it. */
export type UsageDay = { day: string; units: number }

const DAY_MS = 86_400_000

/**
 * What a workspace used on each of so many days up to `now`, the oldest first: days without a use are in
 * it. Units that credits paid for count as any others.
 */
export async function usageHistory(
  workspaceId: WorkspaceId,
  now: Date,
  days = 30,
): Promise<UsageDay[]> {
  const wanted = Array.from({ length: days }, (_, n) =>
    new Date(now.getTime() - (days - 1 - n) * DAY_MS).toISOString().slice(0, 10),
  )
  const [first = '', last = ''] = [wanted[0], wanted.at(-1)]
  const rows = await listUsageDays(workspaceId, first, last)
  const units = new Map(rows.map(({ day, units }) => [day, units]))
  return wanted.map((day) => ({ day, units: units.get(day) ?? 0 }))
}
