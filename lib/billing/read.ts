import { findBilling } from '@/db/queries/billing'
import type { Actor } from '@/lib/audit/actor'
import { PATIENCE, within } from '@/lib/deadline'
import type { CustomerId, WorkspaceId } from '@/lib/ids'
import { deliverAfterVisit } from '@/lib/jobs/drain-after-visit'
import { failureText, log } from '@/lib/log'
import { mayRead, readerOf } from '@/lib/redis/person-reads'
import { productionPorts } from '@/lib/sync/production-ports'
import { type SyncOptions, syncCustomer } from '@/lib/sync/sync-customer'
import { type Billing, billingOf, needsRefresh } from './billing'
import { refreshOnce } from './refresh-once'

type ReadOptions = { now?: Date } & (Asking | { actor?: never })

/** How Stripe is asked, and for which user: what a read brings is signed by them, and their reads are counted. */
type Asking = Pick<SyncOptions, 'later'> & {
  actor: Actor
  refresh?: 'stale' | 'now'
}

/**
 * A workspace's current billing. `refresh: 'now'` reads Stripe first (a user comes back from the
 * portal); `'stale'` only if we know that what we have may be old; left out, never. When Stripe
 * does not answer, what we knew is given, marked `stale`. Amounts are
 * another question (`readAmounts`). It does nothing for other customers: that is
 * `drainAfterVisit`, which a page calls in its `after`.
 */
export async function readBilling(
  workspaceId: WorkspaceId,
  options: ReadOptions = {},
): Promise<Billing> {
  return readDatabase(workspaceId, options.actor ? options : null, options.now)
}

async function readDatabase(
  workspaceId: WorkspaceId,
  asking: Asking | null,
  now?: Date,
): Promise<Billing> {
  const at = now ?? (await productionPorts().clock.now())
  const look = () => findBilling(workspaceId, at)
  const rows = await look()
  const refresh = asking?.refresh
  const asks = refresh === 'now' || (refresh === 'stale' && needsRefresh(rows, at))
  const { customerId } = rows
  if (!asking || !asks || !customerId) return billingOf(rows, at, false)

  const read = () => refreshed(workspaceId, customerId, asking)
  // A user back from Stripe needs a read that begins after that; one who only looks can share a read.
  const fresh =
    refresh === 'now' ? await read() : await refreshOnce(customerId, { seen: rows, look, read })
  return billingOf(await look(), at, !fresh)
}

async function refreshed(
  workspaceId: WorkspaceId,
  customerId: CustomerId,
  { actor, later }: Asking,
): Promise<boolean> {
  const { allowed } = await mayRead(readerOf(actor, workspaceId))
  if (!allowed) return false
  try {
    await within(PATIENCE.stripe, () =>
      syncCustomer(
        productionPorts(),
        customerId,
        actor,
        later ? { later, deliver: deliverAfterVisit } : {},
      ),
    )
    return true
  } catch (error) {
    // The target is marked and will be tried again; the person sees what we knew, and that it is old.
    log.warn(
      { target: customerId, error: failureText(error) },
      'billing shown without asking Stripe',
    )
    return false
  }
}
