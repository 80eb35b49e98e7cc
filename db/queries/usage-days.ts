import { and, eq, gte, lte } from 'drizzle-orm'
import { db } from '@/db/client'
import { usageDays } from '@/db/schema/usage'
import type { WorkspaceId } from '@/lib/ids'

/** The days from `first` to `last` on which a workspace used something. */
export function listUsageDays(
  workspaceId: WorkspaceId,
  first: string,
  last: string,
): Promise<{ day: string; units: number }[]> {
  return db()
    .select({ day: usageDays.day, units: usageDays.units })
    .from(usageDays)
    .where(
      and(
        eq(usageDays.workspaceId, workspaceId),
        gte(usageDays.day, first),
        lte(usageDays.day, last),
      ),
    )
}
