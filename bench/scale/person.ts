import { sql } from 'drizzle-orm'
import { rowsOf } from '@/db/rows-of'
import { type CustomerId, isWorkspaceId, type SubscriptionId, type WorkspaceId } from '@/lib/ids'
import { workspaceOf } from '@/tests/console/crowd'

/** One of the crowd who pays: about whom events come, and who looks at a page. */
export type Person = {
  n: number
  customerId: CustomerId
  subscriptionId: SubscriptionId
  workspaceId: WorkspaceId
}

/** So many take turns, in either size: what is compared is what size costs, and not how much of it a memory holds. */
export const ACTIVE = 200

// Of each twenty of the crowd, one who pays by the month and has an API key, uses and credits or none of them.
const PAYS = 6

/** The one whose turn it is, of so many workspaces; spread over all of them. */
export function personAt(turn: number, workspaces: number): Person {
  const apart = Math.max(1, Math.floor(workspaces / 20 / ACTIVE))
  const n = 20 * (((turn % ACTIVE) * apart) % Math.floor(workspaces / 20)) + PAYS
  const workspaceId = workspaceOf(n)
  if (!isWorkspaceId(workspaceId)) throw new Error('The crowd has no such workspace.')
  return { n, customerId: `cus_crowd${n}`, subscriptionId: `sub_crowd${n}`, workspaceId }
}

/** As it was before anything was measured on it: read, without a lease, and nothing that waits. */
export async function rest({ customerId }: Person): Promise<void> {
  await rowsOf(sql`update sync_targets set synced_seq = dirty_seq, lease_until = null, waiting = false, attempts = 0,
    next_run_at = clock_timestamp() - interval '1 minute' where key = ${customerId}`)
  await rowsOf(sql`update webhook_events set state = 'done', done_at = clock_timestamp()
    where target_key = ${customerId} and state = 'pending'`)
  await rowsOf(sql`update outbox set delivered_at = clock_timestamp()
    where target_key = ${customerId} and delivered_at is null`)
}
