import { inArray } from 'drizzle-orm'
import { db } from '@/db/client'
import { billingFacts } from '@/db/schema/events'

/** Which of these facts are known. */
export async function findFacts(keys: string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set()
  const rows = await db()
    .select({ key: billingFacts.key })
    .from(billingFacts)
    .where(inArray(billingFacts.key, keys))
  return new Set(rows.map(({ key }) => key))
}
