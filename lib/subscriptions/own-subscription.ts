import { findCustomerId } from '@/db/queries/customers'
import { type Actor, workspaceIdOf } from '@/lib/audit/actor'
import type { Billing } from '@/lib/billing/billing'
import { readBilling } from '@/lib/billing/read'
import { neverPaid } from '@/lib/entitlements/access'
import { NotFound } from '@/lib/errors'
import type { CustomerId, WorkspaceId } from '@/lib/ids'
import { countRead } from '@/lib/redis/person-reads'
import { isTerminal, type ShownStatus } from '@/lib/status'
import { type ManagedSubscription, retrieveManaged } from '@/lib/stripe/managed-subscription'

export type Own = {
  customerId: CustomerId
  /** As our records have it. */
  billing: Billing
  /** As Stripe has it at this moment. */
  subscription: ManagedSubscription
}

/**
 * The subscription that decides the plan of the workspace that the actor acts for, read from Stripe.
 * Which one that is comes from our records, and never from a browser.
 * @throws {NotFound} they have none, or it has ended
 */
export function requireOwnSubscription(actor: Actor): Promise<Own> {
  return requireSubscriptionOf(workspaceIdOf(actor))
}

/** The same of any workspace, for an operator. */
export async function requireSubscriptionOf(workspaceId: WorkspaceId): Promise<Own> {
  const [billing, customerId] = await Promise.all([
    readBilling(workspaceId),
    findCustomerId(workspaceId),
  ])
  if (!customerId || !billing.subscriptionId) throw new NotFound('no_plan')
  countRead()
  const subscription = await retrieveManaged(billing.subscriptionId)
  if (isTerminal(subscription.status)) throw new NotFound('no_plan')
  return { customerId, billing, subscription }
}

/**
 * What its pages say of it: Stripe's status, unless it is `active` there and, by our records, its
 * first money never came.
 */
export function shownStatusOf({ billing, subscription }: Own): ShownStatus {
  const { status, money } = billing
  const unstarted = status === 'processing' || (status === 'unpaid' && neverPaid(money.owes))
  return subscription.status === 'active' && unstarted ? status : subscription.status
}
