import { sql } from 'drizzle-orm'
import { rowsOf } from '@/db/rows-of'
import type { WorkspaceId } from '@/lib/ids'

/** What a workspace can still spend of its credits, at an instant of business time. */
export async function findCredits(workspaceId: WorkspaceId, now: Date): Promise<number> {
  const [row] = await rowsOf<{ n: number }>(
    sql`select credits_left(${workspaceId}::uuid, ${now.toISOString()}::timestamptz) as n`,
  )
  return row?.n ?? 0
}
