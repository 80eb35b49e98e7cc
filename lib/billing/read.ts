import { findBilling } from '@/db/queries/billing'
import { userActor } from '@/lib/audit/actor'
import { PATIENCE, within } from '@/lib/deadline'
import type { CustomerId, UserId } from '@/lib/ids'
import { deliverAfterVisit } from '@/lib/jobs/drain-after-visit'
import { failureText, log } from '@/lib/log'
import { mayRead } from '@/lib/redis/person-reads'
import { productionPorts } from '@/lib/sync/production-ports'
import { type SyncOptions, syncCustomer } from '@/lib/sync/sync-customer'
import { readAmounts } from './amounts'
import { type Billing, billingOf, needsRefresh } from './billing'
import { refreshOnce } from './refresh-once'
import { usageMonth } from './usage-month'

type ReadOptions = Pick<SyncOptions, 'later'> & {
  now?: Date
  refresh?: 'stale' | 'now'
  /** Ask Stripe for what is owed or coming, too, where the state has something to say about it. */
  amounts?: boolean
}

/**
 * A user's billing as it stands. `refresh: 'now'` reads Stripe first (somebody comes back from the
 * portal); `'stale'` only if we know that what we have may be old; left out, never. When Stripe
 * does not answer, what we knew is given, marked `stale`. It does nothing for other customers: that is
 * `drainAfterVisit`, which a page calls in its `after`.
 */
export async function readBilling(userId: UserId, options: ReadOptions = {}): Promise<Billing> {
  const billing = await readDatabase(userId, options)
  return options.amounts ? { ...billing, ...(await readAmounts(userId, billing)) } : billing
}

async function readDatabase(
  userId: UserId,
  { now, refresh, later }: ReadOptions,
): Promise<Billing> {
  const at = now ?? (await productionPorts().clock.now())
  const look = () => findBilling(userId, usageMonth(at).start)
  const rows = await look()
  const asks = refresh === 'now' || (refresh === 'stale' && needsRefresh(rows, at))
  const { customerId } = rows
  if (!asks || !customerId) return billingOf(rows, at, false)

  const read = () => refreshed(userId, customerId, later)
  // Who comes back from Stripe needs a read that begins after that; who only looks can share one.
  const fresh =
    refresh === 'now' ? await read() : await refreshOnce(customerId, { seen: rows, look, read })
  return billingOf(await look(), at, !fresh)
}

async function refreshed(
  userId: UserId,
  customerId: CustomerId,
  later: ReadOptions['later'],
): Promise<boolean> {
  const { allowed } = await mayRead(userId)
  if (!allowed) return false
  try {
    await within(PATIENCE.stripe, () =>
      syncCustomer(
        productionPorts(),
        customerId,
        userActor(userId),
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
