import { setTimeout as sleep } from 'node:timers/promises'
import type { BillingRows } from '@/db/queries/billing'
import { env } from '@/lib/env'
import type { CustomerId } from '@/lib/ids'
import { unlessHeld } from '@/lib/redis/lock'

// Other requests for the page wait as long for the one that reads as it does for a webhook's read.
const PATIENCE_MS = 2_000
const POLL_MS = 100

// Longer than most reads of Stripe; a reader that died keeps others at what we knew for so long.
const HOLD_MS = 10_000

/**
 * Lets one of the requests for an old page at the same time read Stripe, and the others take what
 * it brings. Only saves reads: without Redis every request reads, as Postgres lets them.
 * @returns whether our records have been read since `seen`
 */
export async function refreshOnce(
  customerId: CustomerId,
  {
    seen,
    look,
    read,
  }: {
    seen: BillingRows
    look: () => Promise<BillingRows>
    read: () => Promise<boolean>
  },
): Promise<boolean> {
  const lock = { namespace: env().databaseFingerprint, name: `refresh:${customerId}` }
  // Any read since then has seen all that made the page old.
  const isRead = async () => {
    const { dirty, lastSyncedAt } = await look()
    return !dirty && lastSyncedAt?.getTime() !== seen.lastSyncedAt?.getTime()
  }
  for (let waited = 0; waited <= PATIENCE_MS; waited += POLL_MS) {
    const mine = await unlessHeld(lock, HOLD_MS, async () => (await isRead()) || (await read()))
    if (mine) return mine.value
    await sleep(POLL_MS)
    if (await isRead()) return true
  }
  return false
}
