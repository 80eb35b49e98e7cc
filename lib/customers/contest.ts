import { inTransaction } from '@/db/client'
import { contestClaim } from '@/db/queries/customer-claims'
import { findCustomerId } from '@/db/queries/customers'
import { markTarget } from '@/db/queries/targets'
import type { Actor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import type { CustomerId, WorkspaceId } from '@/lib/ids'

/**
 * Has an operator decide about a customer that waits for someone who has another one: it goes on waiting, and
 * `npm run customers` and the console name both. Once for the same two.
 */
export async function contestCustomer(
  actor: Actor,
  id: CustomerId,
  workspaceId: WorkspaceId,
): Promise<void> {
  const keeps = await findCustomerId(workspaceId)
  if (!keeps) return
  await inTransaction(async (tx) => {
    await markTarget(tx, id)
    if (!(await contestClaim(tx, id, keeps))) return
    const after = { customer: id, conflict: 'owner_has_another', keeps }
    await recordAudit(tx, actor, { scope: id, action: 'customer.conflict', after })
  })
}
