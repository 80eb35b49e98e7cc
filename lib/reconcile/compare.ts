import type { SubscriptionRow } from '@/db/queries/claim'
import type { LocalState } from '@/db/queries/reconcile'
import { FREE } from '@/lib/catalog/plans'
import { deriveEntitlement } from '@/lib/entitlements/derive'
import type { CustomerSnapshot } from '@/lib/stripe/customers'
import type { SubscriptionSnapshot } from '@/lib/stripe/subscriptions'
import { differences } from '@/lib/sync/differences'
import { type MirrorContext, mirrorOf } from '@/lib/sync/mirror'
import { claimedWorkspace } from '@/lib/workspaces/claimed'

type Values = Record<string, unknown>

/** What our records say, and what is true: only the fields that differ. */
export type Difference = { before: Values | null; after: Values }

/** A subscription as Stripe shows it, beside our row of it. Null: they agree. */
export function compareSubscription(
  shown: SubscriptionSnapshot,
  records: LocalState | undefined,
  context: MirrorContext,
): Difference | null {
  const row = records?.subscriptions.find(({ id }) => id === shown.id)
  // Of a deleted customer a sync is shown nothing: it keeps the day on which it noticed, or no row at all.
  if (records?.customer?.deletedAt && (!row || row.endedAt)) return null
  const delta = differences(row, mirrorOf(shown, row, context))
  if (!delta) return null
  const named = { subscription: shown.id }
  return {
    before: delta.before && { ...named, ...delta.before },
    after: { ...named, ...delta.after },
  }
}

/**
 * Whose a customer is, by its metadata as Stripe shows them beside our row of it: they can be added or
 * changed without an event that reaches us, and a workspace can be made after them. Null: they agree.
 */
export function compareCustomer(
  { id, metadata, deleted }: CustomerSnapshot,
  records: LocalState | undefined,
  appEnv: string,
): Difference | null {
  const row = records?.customer
  if (!row || row.deletedAt || row.erasedAt) return null
  if (deleted) {
    return { before: { customer: id, deleted: false }, after: { customer: id, deleted } }
  }
  const claimedWorkspaceId = claimedWorkspace(metadata, appEnv)
  const shown = {
    missingAt: null,
    claimedWorkspaceId,
    ...(records.linkable && { workspaceId: claimedWorkspaceId }),
  }
  const delta = differences(row, shown)
  return (
    delta && { before: { customer: id, ...delta.before }, after: { customer: id, ...delta.after } }
  )
}

/** A subscription of ours that Stripe does not show. */
export function unshown({ id, status }: SubscriptionRow): Difference {
  return { before: { subscription: id, status }, after: { subscription: id, status: null } }
}

/** A customer's access, beside what their subscriptions and overrides give. Null: they agree. */
export function compareAccess(records: LocalState, now: Date): Difference | null {
  const { customer, superseded, entitlement: kept, subscriptions, overrides } = records
  // Of several customers of one workspace only the living one says what it may use.
  if (!customer?.workspaceId || customer.deletedAt || superseded) return null
  // An entitlement that has run out is computed again when it is read: time has passed, nothing was lost.
  if (kept?.validUntil && kept.validUntil <= now) return null

  const inputs = { subscriptions, overrides, previous: kept, now }
  // The reason is for people to read; a release may put the same into other words.
  const {
    reason: _,
    earnedTier,
    status,
    subscriptionId,
    ...granted
  } = deriveEntitlement(inputs).entitlement
  // A workspace without a row is read as free.
  if (!kept && granted.tier === FREE.tier) return null
  // Under an override the lease is the override's: what lies below may run out meanwhile.
  const lifted = kept && kept.tier !== kept.earnedTier
  return differences(kept, lifted ? granted : { ...granted, earnedTier, status, subscriptionId })
}
