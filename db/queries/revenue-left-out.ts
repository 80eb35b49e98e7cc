import { sql } from 'drizzle-orm'
import { rowsOf } from '@/db/rows-of'

/** `none`: nothing is due. */
export type LeftOut = 'noted' | 'failed' | 'none'

/** Counts the oldest that was left out of the revenue and is due. Safe to run twice at once. */
export async function noteLeftOut(): Promise<LeftOut> {
  const [row] = await rowsOf<{ said: LeftOut }>(sql`select note_left_out() as said`)
  return row?.said ?? 'none'
}
