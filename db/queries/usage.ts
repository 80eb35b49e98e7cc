import { sql } from 'drizzle-orm'
import { rowsOf } from '@/db/rows-of'
import type { WorkspaceId } from '@/lib/ids'

export type Counted = {
  outcome: 'allowed' | 'repeated' | 'refused' | 'lapsed'
  used: number
  limit: number
}

/** Counts a use in one round trip, or says why not. `limit` null: what the workspace's entitlement allows. */
export async function consumeUsage(given: {
  workspaceId: WorkspaceId
  periodStart: Date
  now: Date
  useKey: string
  quantity: number
  free: number
  limit: number | null
}): Promise<Counted> {
  const { workspaceId, periodStart, now, useKey, quantity, free, limit } = given
  const [row] = await rowsOf<{ answer: Counted }>(sql`select consume_usage(
    ${workspaceId}::uuid, ${periodStart.toISOString()}::timestamptz, ${now.toISOString()}::timestamptz,
    ${useKey}, ${quantity}::integer, ${free}::integer, ${limit}::integer) as answer`)
  if (!row) throw new Error('Postgres answered a function call with no row.')
  return row.answer
}
