import { deriveEntitlement } from '@/lib/entitlements/derive'
import type { MemoryTables } from '@/tests/simulation/memory-tables'
import type { StripeModel } from '@/tests/simulation/stripe-model'

/**
 * Access is a function of Stripe's state: of the subscriptions of the customer who speaks for the user,
 * which is the living one, or the last.
 */
export function granted(stripeModels: StripeModel[], tables: MemoryTables, now: Date): string[] {
  const last = stripeModels.at(-1)
  if (!last) return []
  const customer = tables.customer(last.customerId)
  const wrong =
    customer && customer.workspaceId !== last.workspaceId && !last.deleted
      ? [`${customer.id} does not belong to its workspace.`]
      : []
  // Stripe says nothing of a deleted customer, so one that we never knew has no workspace.
  const subscriptions = customer?.workspaceId ? tables.subscriptionsOf(customer.id) : []
  const inputs = { subscriptions, overrides: [], previous: null, now }
  const { tier } = deriveEntitlement(inputs).entitlement
  const kept = tables.entitlements.get(last.workspaceId)
  // What has run out is computed again at each read, as here: time has passed, nothing was lost.
  if (kept?.validUntil && kept.validUntil <= now) return wrong
  const has = kept?.tier ?? 'free'
  return has === tier ? wrong : [...wrong, `The workspace has ${has} and should have ${tier}.`]
}
