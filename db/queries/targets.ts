import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'

/** Has a target read again soon, because of a change that no event may report. */
export async function markTarget(tx: Transaction, key: string): Promise<void> {
  await tx.execute(sql`select mark_targets(array[${key}]::text[])`)
}
