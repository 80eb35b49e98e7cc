import { listCustomersOf } from '@/db/queries/erase'
import type { Actor } from '@/lib/audit/actor'
import { env } from '@/lib/env'
import type { CustomerId, WorkspaceId } from '@/lib/ids'
import { isTerminal } from '@/lib/status'
import { cancelSubscriptionNow } from '@/lib/stripe/cancel-subscription'
import { isForeign } from '@/lib/stripe/foreign'
import { listSubscriptions } from '@/lib/stripe/subscriptions'
import { productionPorts } from '@/lib/sync/production-ports'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { closeCheckouts } from './close-checkouts'
import type { AtStripe } from './erase-at-stripe'

/**
 * Ends everything of ours that a workspace pays for, at once and without money going back, and has our records
 * follow. Safe to repeat.
 * @returns what can become of its customers at Stripe: one that another application sells to, too, is kept as it is
 * @throws {Unavailable} Stripe does not answer
 */
export async function endPlans(actor: Actor, workspaceId: WorkspaceId): Promise<AtStripe> {
  let atStripe: AtStripe = 'redact'
  for (const { id, deletedAt } of await listCustomersOf(workspaceId)) {
    if (deletedAt) continue
    await closeCheckouts(id)
    if (await endPlansOf(id)) atStripe = 'keep'
    await syncCustomer(productionPorts(), id, actor)
  }
  return atStripe
}

// Whether another application has something of this customer's that lives.
async function endPlansOf(id: CustomerId): Promise<boolean> {
  const living = (await listSubscriptions(id)).filter(({ status }) => !isTerminal(status))
  const foreign = living.filter(({ metadata }) => isForeign(metadata, env().appEnv))
  for (const subscription of living)
    if (!foreign.includes(subscription)) await cancelSubscriptionNow(subscription.id)
  return foreign.length > 0
}
