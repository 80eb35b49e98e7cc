import { inTransaction } from '@/db/client'
import {
  countCustomers,
  findCustomerId,
  insertCustomer,
  listClaimants,
} from '@/db/queries/customers'
import { findPayer, lockPayer } from '@/db/queries/people'
import type { Actor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { env } from '@/lib/env'
import { Conflict, NotFound } from '@/lib/errors'
import type { CustomerId, WorkspaceId } from '@/lib/ids'
import { createCustomer } from '@/lib/stripe/customers'
import { productionPorts } from '@/lib/sync/production-ports'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { changedDetails, enqueueDetails } from './details'

/**
 * A workspace's one Stripe customer, made when there is none. However many requests come at once,
 * Stripe's idempotency key and our unique index make one customer of them.
 */
export async function ensureCustomer(actor: Actor, workspaceId: WorkspaceId): Promise<CustomerId> {
  const existing = (await findCustomerId(workspaceId)) ?? (await adopt(actor, workspaceId))
  if (existing) return existing
  const person = await findPayer(workspaceId)
  if (!person) throw new NotFound('user_gone')

  const { appEnv, stripe } = env()
  // A workspace whose customer was deleted gets another: the count keeps Stripe from answering with the old one.
  const namespace = `${appEnv}:${await countCustomers(workspaceId)}`
  // Looked for after the count: one that another click has made by now would be counted, and its key be another.
  const meanwhile = await findCustomerId(workspaceId)
  if (meanwhile) return meanwhile
  const id = await createCustomer({ workspaceId, ...person, env: appEnv, namespace })
  await inTransaction(async (tx) => {
    // First: a change of those details waits for it, and then sees the customer.
    const now = await lockPayer(tx, workspaceId)
    if (!(await insertCustomer(tx, { id, workspaceId, livemode: stripe.livemode }))) return
    await recordAudit(tx, actor, { scope: id, action: 'customer.create', after: { workspaceId } })
    // Changed while the request to Stripe ran, when our records had no customer yet.
    if (now && changedDetails(now, person).length > 0) {
      await enqueueDetails(tx, { customerId: id, workspaceId, cause: 'create' })
    }
  })
  const linked = await findCustomerId(workspaceId)
  if (!linked) throw new Conflict('customer_in_the_making')
  return linked
}

// Support may have made one at Stripe for a workspace that came later: its customer must not pay twice.
async function adopt(actor: Actor, workspaceId: WorkspaceId): Promise<CustomerId | null> {
  for (const id of await listClaimants(workspaceId)) {
    await syncCustomer(productionPorts(), id, actor)
    const linked = await findCustomerId(workspaceId)
    if (linked) return linked
  }
  return null
}
