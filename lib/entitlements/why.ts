import { findAccess } from '@/db/queries/access'
import type { AuditRow } from '@/db/queries/audit'
import type { EntitlementRow, OverrideRow, SubscriptionRow } from '@/db/queries/claim'
import { listAccessTrail, listReceived } from '@/db/queries/why'
import type { Feature } from '@/lib/catalog/features'
import type { EventId, WorkspaceId } from '@/lib/ids'
import { businessClock } from '@/lib/stripe/business-clock'
import { currentEntitlement, hasLapsed } from './current'
import type { Entitlement } from './entitlement'
import { type Decision, ruleOf } from './rule'

/** The chain from a decision about a feature back to its causes. */
export type Why = {
  workspaceId: WorkspaceId
  feature: Feature
  /** The instant of the decision, business time. */
  at: Date
  decision: Decision<OverrideRow>
  /** What the workspace has at that instant. */
  current: Entitlement
  /** What is stored; it has lapsed where its end is over, and access was worked out anew. */
  stored: (EntitlementRow & { lapsed: boolean }) | null
  /** On which access rests, or which allows nothing. */
  subscription: (SubscriptionRow & { trail: Step[] }) | null
  /** What operators decided about the plan or this feature, in force or over. */
  overrides: (OverrideRow & { inForce: boolean; trail: Step[] })[]
  /** The last time that what is stored changed, whatever brought it about. */
  lastChange: Step | null
}

/** A row of the audit trail, with the Stripe events that led to it. */
export type Step = Pick<
  AuditRow,
  'scope' | 'n' | 'at' | 'actor' | 'action' | 'before' | 'after'
> & {
  events: Received[]
}

type Received = { id: EventId; type: string | null; stripeCreatedAt: Date | null }

/**
 * Why a workspace may use a feature now, or may not: the rule, what is stored, the subscription or the
 * override that it rests on, and for each the audit rows with who acted and the events of Stripe.
 * @throws {Unavailable} Postgres does not answer
 */
export async function why(workspaceId: WorkspaceId, feature: Feature): Promise<Why> {
  const [rows, trail, now] = await Promise.all([
    findAccess(workspaceId),
    listAccessTrail(workspaceId),
    businessClock().now(),
  ])
  const steps = await withEvents(trail)
  const current = currentEntitlement(rows, now)
  const decision = ruleOf(feature, { current, overrides: rows.overrides, now })
  const subscription = rows.subscriptions.find(({ id }) => id === current.subscriptionId)
  const about = rows.overrides.filter(
    ({ kind, name }) => kind === 'plan' || (kind === 'feature' && name === feature),
  )
  return {
    ...{ workspaceId, feature, at: now, decision, current },
    stored: rows.entitlement && {
      ...rows.entitlement,
      lapsed: hasLapsed(rows.entitlement, now),
    },
    subscription: subscription
      ? {
          ...subscription,
          trail: steps.filter(({ after }) => after?.subscription === subscription.id),
        }
      : null,
    overrides: about.map((each) => ({
      ...each,
      inForce: !each.revokedAt && each.expiresAt > now,
      trail: steps.filter(
        ({ action, after }) =>
          action.startsWith('override.') && after?.kind === each.kind && after?.name === each.name,
      ),
    })),
    lastChange: steps.findLast(changesAccess) ?? null,
  }
}

function changesAccess({ action, after }: Step): boolean {
  return action === 'entitlement.change' || Object.hasOwn(after ?? {}, 'entitlement')
}

async function withEvents(trail: AuditRow[]): Promise<Step[]> {
  const ids = [...new Set(trail.flatMap(({ eventIds }) => eventIds))]
  const received = ids.length > 0 ? await listReceived(ids) : []
  const byId = new Map(received.map((event) => [event.id, event]))
  return trail.map(({ scope, n, at, actor, action, before, after, eventIds }) => ({
    ...{ scope, n, at, actor, action, before, after },
    events: eventIds.map((id) => ({
      id,
      type: byId.get(id)?.type ?? null,
      stripeCreatedAt: byId.get(id)?.stripeCreatedAt ?? null,
    })),
  }))
}
