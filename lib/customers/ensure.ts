import { inTransaction } from '@/db/client'
import {
  countCustomers,
  findCustomerId,
  insertCustomer,
  listClaimants,
} from '@/db/queries/customers'
import { findPerson, lockPerson } from '@/db/queries/people'
import type { Actor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { env } from '@/lib/env'
import { Conflict, NotFound } from '@/lib/errors'
import type { CustomerId, UserId } from '@/lib/ids'
import { createCustomer } from '@/lib/stripe/customers'
import { productionPorts } from '@/lib/sync/production-ports'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { changedDetails, enqueueDetails } from './details'

/**
 * The user's one Stripe customer, made when there is none. However many requests come at once,
 * Stripe's idempotency key and our unique index make one customer of them.
 */
export async function ensureCustomer(actor: Actor, userId: UserId): Promise<CustomerId> {
  const existing = (await findCustomerId(userId)) ?? (await adopt(actor, userId))
  if (existing) return existing
  const person = await findPerson(userId)
  if (!person) throw new NotFound('user_gone')

  const { appEnv, stripe } = env()
  // A user whose customer was deleted gets another: the count keeps Stripe from answering with the old one.
  const namespace = `${appEnv}:${await countCustomers(userId)}`
  const id = await createCustomer({ userId, ...person, env: appEnv, namespace })
  await inTransaction(async (tx) => {
    // First: whoever changes their details waits, and then sees the customer.
    const now = await lockPerson(tx, userId)
    if (!(await insertCustomer(tx, { id, userId, livemode: stripe.livemode }))) return
    await recordAudit(tx, actor, { scope: id, action: 'customer.create', after: { userId } })
    // Changed while Stripe was told, when nobody saw a customer yet.
    if (now && changedDetails(now, person).length > 0) {
      await enqueueDetails(tx, { customerId: id, userId, cause: 'create' })
    }
  })
  const linked = await findCustomerId(userId)
  if (!linked) throw new Conflict('customer_in_the_making')
  return linked
}

// Support may have made one at Stripe for a user who came later: whoever pays there must not pay twice.
async function adopt(actor: Actor, userId: UserId): Promise<CustomerId | null> {
  for (const id of await listClaimants(userId)) {
    await syncCustomer(productionPorts(), id, actor)
    const linked = await findCustomerId(userId)
    if (linked) return linked
  }
  return null
}
