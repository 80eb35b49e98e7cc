import { inTransaction, type Transaction } from '@/db/client'
import { deleteClaim, holdCustomer, insertClaim, setWorkspace } from '@/db/queries/customer-claims'
import { markTarget } from '@/db/queries/targets'
import { isTaken } from '@/db/queries/unique-violation'
import type { Actor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import type { CustomerId, WorkspaceId } from '@/lib/ids'

/** How it was found whose a customer is: what stands in the trail. */
export type FoundBy = 'metadata' | 'records' | 'address'

/** `other`: someone else has the customer, or the workspace or address has another one. */
export type Given = 'done' | 'other' | 'gone'

type Subject = { id: CustomerId; livemode: boolean; by: FoundBy }

/**
 * Gives a customer that an operator takes over to a workspace, and has its subscriptions read as after any
 * event. One that has a workspace keeps it, and no workspace gets a second one.
 */
export function giveCustomer(
  actor: Actor,
  workspaceId: WorkspaceId,
  { id, livemode, by }: Subject,
): Promise<Given> {
  return once(id, livemode, async (tx, owner) => {
    if (owner) return owner === workspaceId ? 'done' : 'other'
    await setWorkspace(tx, id, workspaceId)
    await deleteClaim(tx, id)
    await recordAudit(tx, actor, {
      scope: id,
      action: 'customer.adopt',
      after: { customer: id, workspaceId, by },
    })
    return 'done'
  })
}

/**
 * Has a customer wait until someone signs in who has proven this address (`settle-claims.ts`). The trail has
 * no address.
 * @param email in the spelling of sign-in
 */
export function claimCustomer(actor: Actor, email: string, subject: Subject): Promise<Given> {
  const { id, livemode, by } = subject
  return once(id, livemode, async (tx, owner) => {
    if (owner) return 'other'
    if (!(await insertClaim(tx, id, email))) return 'done'
    const after = { customer: id, by }
    await recordAudit(tx, actor, { scope: id, action: 'customer.await_owner', after })
    return 'done'
  })
}

// The target is marked first, because targets are locked before anything else.
async function once(
  id: CustomerId,
  livemode: boolean,
  change: (tx: Transaction, owner: WorkspaceId | null) => Promise<Given>,
): Promise<Given> {
  try {
    return await inTransaction(async (tx) => {
      await markTarget(tx, id)
      const row = await holdCustomer(tx, id, livemode)
      if (!row || row.deletedAt || row.erasedAt || row.livemode !== livemode) return 'gone'
      return change(tx, row.workspaceId)
    })
  } catch (error) {
    // The index knows of one that came a moment ago.
    if (isTaken(error)) return 'other'
    throw error
  }
}
