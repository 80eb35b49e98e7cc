import type { OperatorActor } from '@/lib/audit/actor'
import { productionPorts } from '@/lib/sync/production-ports'
import { type SyncOptions, syncCustomer } from '@/lib/sync/sync-customer'
import { type Once, once } from './once'
import { type About, requireCustomer } from './subject-of'

/**
 * Has Stripe read for a customer at once, and the customer itself with its subscriptions.
 * @throws {Unavailable} Stripe did not answer, or someone else's read did not end; it stays marked
 */
export async function syncNow(
  actor: OperatorActor,
  { workspaceId, seen, reason }: About,
  options: Pick<SyncOptions, 'later' | 'deliver'> = {},
): Promise<Once> {
  const scope = await requireCustomer(workspaceId)
  return once(actor, { scope, seen, action: 'console.sync', after: {}, reason }, () =>
    syncCustomer(productionPorts(), scope, actor, { ...options, customer: true }),
  )
}
