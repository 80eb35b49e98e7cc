import { inTransaction } from '@/db/client'
import {
  countCustomers,
  findCustomerId,
  findPerson,
  insertCustomer,
  listClaimants,
} from '@/db/queries/customers'
import type { Actor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import { env } from '@/lib/env'
import { Conflict, NotFound } from '@/lib/errors'
import type { CustomerId, UserId } from '@/lib/ids'
import { createCustomer } from '@/lib/stripe/customers'
import { productionPorts } from '@/lib/sync/production-ports'
import { syncCustomer } from '@/lib/sync/sync-customer'

/**
 * The user's one Stripe customer, made when there is none. However many requests come at once,
 * Stripe's idempotency key and our unique index make one customer of them.
 */
export async function ensureCustomer(actor: Actor, userId: UserId): Promise<CustomerId> {
  const existing = (await findCustomerId(userId)) ?? (await adopt(actor, userId))
  if (existing) return existing
  const person = await findPerson(userId)
  if (!person) throw new NotFound('That user does not exist.')

  const { appEnv, stripe } = env()
  // A user whose customer was deleted gets another: the count keeps Stripe from answering with the old one.
  const namespace = `${appEnv}:${await countCustomers(userId)}`
  const id = await createCustomer({ userId, ...person, env: appEnv, namespace })
  await inTransaction(async (tx) => {
    const created = await insertCustomer(tx, { id, userId, livemode: stripe.livemode })
    if (created)
      await recordAudit(tx, actor, { scope: id, action: 'customer.create', after: { userId } })
  })
  const linked = await findCustomerId(userId)
  if (!linked) throw new Conflict('Your billing account is being set up. Try again in a moment.')
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
