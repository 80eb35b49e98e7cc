import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { db, disconnect } from '@/db/client'
import { MUTANTS } from './mutants'
import { mutate } from './mutate'
import { replay } from './replay'
import { installVirtualTime } from './virtual-time'

// Most are missed in the first histories, and none needs this many.
const HISTORIES = 400

beforeAll(installVirtualTime)
afterAll(disconnect)

it.each(MUTANTS.map((mutant, n) => ({ ...mutant, n })))(
  'some history misses a guard of $in: it is there so that $so',
  async ({ n, ...mutant }) => {
    const putBack = await mutate(mutant)
    try {
      expect(await missed(1_000 * (n + 1))).not.toBeNull()
    } finally {
      await putBack()
      // What a broken history left must not be claimed by the drains of the next.
      await db().execute(sql`update sync_targets set synced_seq = dirty_seq`)
      await db().execute(sql`update outbox set delivered_at = now()`)
    }
  },
  300_000,
)

// Seeds of its own for each mutant, because a seed's ids are in the database once it was played.
async function missed(from: number): Promise<string | null> {
  for (let seed = from; seed < from + HISTORIES; seed += 1) {
    const differs = await replay(seed).then(
      (replayed) => replayed.differs,
      (error) => String(error),
    )
    if (differs) return differs
  }
  return null
}
