import type { Claim } from '@/db/queries/claim'
import type { Change } from '@/db/queries/ledger'
import type { Actor } from '@/lib/audit/actor'
import type { AuditAction } from '@/lib/audit-action'
import type { ConfiguredPrices } from '@/lib/catalog/tier-for-price'
import { deriveEntitlement } from '@/lib/entitlements/derive'
import { factsOf } from '@/lib/events/facts'
import { retryOf } from '@/lib/events/failures'
import { notificationsOf } from '@/lib/events/notifications'
import { type CustomerId, parseCustomerId } from '@/lib/ids'
import { newsOf } from '@/lib/revenue/news-of'
import type { SubscriptionSnapshot } from '@/lib/stripe/subscriptions'
import { cancellationsOf } from './cancellations'
import { announcedNotifications, changeNotifications } from './change-notifications'
import { collectionTasks } from './collection-tasks'
import { creditTasksOf } from './credit-tasks'
import { differences } from './differences'
import { type MirrorRow, mirrorOf } from './mirror'
import { replanTasksOf } from './replan-tasks'
import { shownFacts } from './shown-facts'
import { subscriptionAction } from './subscription-action'
import { trialTasksOf } from './trial-tasks'

export type Read = {
  subscriptions: SubscriptionSnapshot[]
  /** When our records do not have the customer yet, or it was deleted. */
  customer: Change['customer']
}

export type Context = { actor: Actor; now: Date; prices: ConfiguredPrices }

/**
 * What must be written so that our records agree with what Stripe showed. Pure: the same claim and
 * the same read always make the same change, and a read that shows nothing new changes nothing.
 */
export function converge(claim: Claim, read: Read, { actor, now, prices }: Context): Change {
  const customerId = parseCustomerId(claim.key)
  const previous = new Map(claim.subscriptions.map((row) => [row.id, row]))
  const rows = read.subscriptions.map((each) =>
    mirrorOf(each, previous.get(each.id), { prices, now }),
  )
  const vanished = claim.subscriptions.filter((row) => !rows.some(({ id }) => id === row.id))
  const current = [...rows, ...vanished.map((row) => ended(row, now))]

  const workspaceId = claim.superseded ? null : (claim.customer?.workspaceId ?? null)
  const { entitlement, unknownPrice } = deriveEntitlement({
    subscriptions: current,
    overrides: claim.overrides,
    previous: claim.entitlement,
    now,
  })
  const access = workspaceId
    ? differences(claim.entitlement, { workspaceId, ...entitlement })
    : null
  const eventIds = claim.events.map(({ id }) => id)

  const moves = current.flatMap((row) => {
    const before = previous.get(row.id)
    const change = differences(before, row)
    return change ? [{ row, action: subscriptionAction(before, row), ...change }] : []
  })
  const { facts: reported, failures } = factsOf(claim.events, customerId)
  const facts = workspaceId
    ? [...reported, ...shownFacts(claim, current, { actor, customerId })]
    : reported
  return {
    customer: read.customer,
    subscriptions: moves.map(({ row }) => row),
    entitlement: workspaceId && access ? { workspaceId, ...entitlement } : null,
    intents: closedIntents(claim.events),
    facts,
    outbox: [
      ...notificationsOf(facts),
      ...announcedNotifications(claim.events, customerId),
      ...creditTasksOf(claim.events),
      ...(workspaceId ? cancellationsOf(moves.map(({ row }) => row)) : []),
      ...(workspaceId ? trialTasksOf(rows, previous) : []),
      ...(workspaceId ? replanTasksOf(claim, read.subscriptions, customerId) : []),
      ...changeNotifications(
        moves.map(({ row }) => ({ row, before: previous.get(row.id) })),
        { customerId, fence: claim.fence },
      ),
      ...collectionTasks(claim, { current, shown: read.subscriptions, facts }, customerId),
    ],
    audits: [...deletion(claim, read), ...named(moves, access, customerId)].map((entry) => ({
      ...entry,
      actor,
      eventIds,
    })),
    marks: [],
    failures,
    revenue: newsOf(
      claim,
      {
        subscriptions: read.subscriptions,
        moved: moves.map(({ row }) => row.id),
        vanished: vanished.filter(({ endedAt }) => endedAt === null),
      },
      { prices, now },
    ),
    // A customer without a workspace has no access to keep, and nothing to retry for.
    retry:
      workspaceId && unknownPrice
        ? `The catalog does not know ${unknownPrice}. Run stripe:push, or give the price metadata.tier.`
        : retryOf(failures),
  }
}

function closedIntents(events: Claim['events']): Change['intents'] {
  return events.flatMap(({ type, objectId }) => {
    const state = CLOSES.get(type)
    return state && objectId ? [{ sessionId: objectId, state }] : []
  })
}

const CLOSES: ReadonlyMap<string, 'completed' | 'expired'> = new Map([
  ['checkout.session.completed', 'completed'],
  ['checkout.session.expired', 'expired'],
])

function deletion(claim: Claim, { customer }: Read) {
  if (!customer?.deletedAt || claim.customer?.deletedAt) return []
  const action = 'customer.delete' as const
  return [{ action, before: null, after: { customer: customer.id } }]
}

type Move = { row: MirrorRow; action: AuditAction; before: object | null; after: object }
type Delta = { before: object | null; after: object } | null

// One row a subscription that moved; what it did to access stands in the first of them.
function named(moves: Move[], access: Delta, customerId: CustomerId) {
  const [first, ...rest] = moves.map(({ row, action, before, after }) => ({
    action,
    before: before && { subscription: row.id, ...before },
    after: { subscription: row.id, ...after },
  }))
  if (!first) {
    return access
      ? [
          {
            action: 'entitlement.change' as const,
            before: { ...access.before },
            after: { customer: customerId, ...access.after },
          },
        ]
      : []
  }
  if (!access) return [first, ...rest]
  const before = { ...first.before, ...(access.before && { entitlement: access.before }) }
  return [{ ...first, before, after: { ...first.after, entitlement: access.after } }, ...rest]
}

// Stripe never forgets a subscription, except with its customer: what is gone has ended.
function ended(row: Claim['subscriptions'][number], now: Date): MirrorRow {
  const { fence: _, syncedAt: __, ...mirror } = row
  if (mirror.endedAt) return mirror
  return {
    ...mirror,
    status: 'canceled',
    endedAt: now,
    cancelAt: null,
    cancelAtPeriodEnd: false,
    pastDueSince: null,
    collectionPaused: false,
    collectionResumesAt: null,
  }
}
