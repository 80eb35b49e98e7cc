import type { UserActor } from '@/lib/audit/actor'
import { requireOwnCustomer } from '@/lib/customers/require-own-customer'
import { PATIENCE, within } from '@/lib/deadline'
import { productionPorts } from '@/lib/sync/production-ports'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { authorizeBilling } from '@/lib/workspaces/authorize'

/**
 * Reads Stripe now, whatever our records say, because a person asks for it. What it brings is in our records, and
 * in the audit trail, when this returns.
 * @throws {NotFound} the workspace has never bought anything
 * @throws {Unavailable} Stripe does not answer; the customer stays marked, and is read later
 */
export async function lookAgain(actor: UserActor): Promise<void> {
  await authorizeBilling(actor)
  const customerId = await requireOwnCustomer(actor)
  await within(PATIENCE.stripe, () => syncCustomer(productionPorts(), customerId, actor, {}))
}
