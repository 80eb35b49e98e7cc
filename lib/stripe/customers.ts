import type Stripe from 'stripe'
import { type CustomerId, parseCustomerId, type WorkspaceId } from '@/lib/ids'
import { callStripe } from './call'
import { APP } from './metadata'
import { underKey } from './under-key'

/**
 * Makes the Stripe customer of a workspace. The idempotency key names the workspace, so that a crash
 * between Stripe's answer and our own row, or two clicks at once, end in one customer.
 * `namespace` keeps databases that share a Stripe account apart.
 */
export async function createCustomer(workspace: {
  workspaceId: WorkspaceId
  email: string
  name: string | null
  env: string
  namespace?: string
}): Promise<CustomerId> {
  const { workspaceId, email, name, env, namespace = env } = workspace
  const metadata = { app: APP, env, workspace_id: workspaceId }
  const customer = await callStripe((stripe) =>
    underKey(`customer:${namespace}:${workspaceId}`, (options) =>
      stripe.customers.create({ metadata }, options),
    ),
  )
  // Not part of the first call: a key with other parameters is refused, and people change their names.
  await callStripe((stripe) =>
    stripe.customers.update(customer.id, { email, ...(name ? { name } : {}) }),
  )
  return parseCustomerId(customer.id)
}

/**
 * Sends Stripe a person's current address and name. Safe to repeat; a name that is null is cleared.
 * @throws {NotFound} Stripe never had this customer, or it was deleted
 */
export async function updateDetails(
  id: CustomerId,
  { email, name }: { email: string; name: string | null },
): Promise<void> {
  await callStripe((stripe) => stripe.customers.update(id, { email, name: name ?? '' }))
}

/**
 * The address and the name that Stripe has of a customer. Null for one that was deleted.
 * @throws {NotFound} Stripe never had this customer
 */
export async function retrieveDetails(
  id: CustomerId,
): Promise<{ email: string | null; name: string | null } | null> {
  const customer = await callStripe((stripe) => stripe.customers.retrieve(id))
  if (customer.deleted) return null
  return { email: customer.email, name: customer.name ?? null }
}

/**
 * Removes a customer's personal data from Stripe's own record of it; invoices keep what they were
 * made with, as the law wants.
 * @throws {NotFound} Stripe never had this customer, or it was deleted
 */
export async function redactCustomer(id: CustomerId): Promise<void> {
  await callStripe((stripe) =>
    stripe.customers.update(id, {
      ...{ email: '', name: '', phone: '', description: '', address: '', shipping: '' },
      metadata: { workspace_id: '', user_id: '' },
    }),
  )
}

/**
 * Deletes a customer at Stripe for good, with its cards; whatever it subscribes to ends.
 * @throws {NotFound} Stripe never had this customer, or it was deleted
 */
export async function deleteCustomer(id: CustomerId): Promise<void> {
  await callStripe((stripe) => stripe.customers.del(id))
}

export type CustomerSnapshot = {
  id: CustomerId
  /** Stripe keeps answering for a deleted customer, with nothing but this. */
  deleted: boolean
  metadata: CustomerMetadata
}

/** Our metadata on a customer. The workspace id may have been typed by hand: it may not exist. */
export type CustomerMetadata = {
  app: string | null
  env: string | null
  workspaceId: string | null
  /** What customers from before workspaces, and those made by hand, may say instead. */
  userId: string | null
}

/** @throws {NotFound} Stripe never had this customer */
export async function retrieveCustomer(id: CustomerId): Promise<CustomerSnapshot> {
  return customerSnapshot(await callStripe((stripe) => stripe.customers.retrieve(id)))
}

/** What we look at of a customer, however it came. */
export function customerSnapshot(
  customer: Stripe.Customer | Stripe.DeletedCustomer,
): CustomerSnapshot {
  const metadata = customer.deleted ? {} : customer.metadata
  return {
    id: parseCustomerId(customer.id),
    deleted: customer.deleted === true,
    metadata: {
      app: metadata.app ?? null,
      env: metadata.env ?? null,
      workspaceId: metadata.workspace_id ?? null,
      userId: metadata.user_id ?? null,
    },
  }
}
