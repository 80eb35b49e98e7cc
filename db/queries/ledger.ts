import { type SQL, sql } from 'drizzle-orm'
import {
  type Claim,
  claimFromJson,
  type EntitlementRow,
  type SubscriptionRow,
} from '@/db/queries/claim'
import { rowToJson } from '@/db/queries/json-rows'
import { rowsOf } from '@/db/rows-of'
import type { AuditActor } from '@/db/schema/audit'
import type { revenueInvoices, revenueMoments } from '@/db/schema/revenue'
import type { AuditAction } from '@/lib/audit-action'
import type { CustomerId, EventId, SubscriptionId, WorkspaceId } from '@/lib/ids'

// How long a read may take, with room for a slow Stripe (8 s, tried twice) and a slow commit.
const LEASE_MS = 30_000

export type NewEvent = {
  id: EventId
  type: string
  /** Null: authentic, not for us; stored with the reason. */
  targetKey: string | null
  reason: string | null
  objectId: string | null
  customerId: CustomerId | null
  attempt: number | null
  livemode: boolean
  apiVersion: string | null
  createdAt: Date
  payload: string
  payloadSha256: string
}

export type Ingested = {
  outcome: 'new' | 'duplicate'
  state: 'pending' | 'done' | 'ignored' | 'dead'
  claim: Claim | null
}

/** What one read of Stripe changes; committed whole or not at all. */
export type Change = {
  customer: SeenCustomer | null
  subscriptions: Omit<SubscriptionRow, 'fence' | 'syncedAt'>[]
  entitlement: Omit<EntitlementRow, 'fence' | 'computedAt'> | null
  /** Checkout sessions that were paid or lapsed, so that their owner may open another. */
  intents: { sessionId: string; state: 'completed' | 'expired' }[]
  facts: Fact[]
  outbox: { key: string; kind: string; payload: Record<string, unknown> }[]
  audits: {
    actor: AuditActor
    action: AuditAction
    before: Record<string, unknown> | null
    after: Record<string, unknown> | null
    eventIds: EventId[]
  }[]
  /** Customers to look at again because of what this read showed. */
  marks: CustomerId[]
  /** Events whose fact could not be written; a dead one is not tried again by itself. */
  failures: { eventId: EventId; error: string; dead: boolean }[]
  /** What the read and its events say about recurring revenue; what is known already changes nothing. */
  revenue: RevenueNews
  /** Applied, and yet to be looked at again: why. */
  retry: string | null
}

type Moment = typeof revenueMoments.$inferInsert

export type RevenueNews = {
  /** What events reported, each once and at Stripe's own time. */
  moments: Moment[]
  /** What the read showed, for the case that no event reported it. */
  readings: Moment[]
  invoices: (typeof revenueInvoices.$inferInsert)[]
  /** What could not be read, and so is in none of these. */
  unread: Unread[]
}

export type Unread = {
  /** The event; or the subscription, where no event reported it. */
  source: EventId | SubscriptionId
  error: string
}

/** What a look at a customer itself showed; null where nothing of it can have changed. */
export type SeenCustomer = {
  id: CustomerId
  livemode: boolean
  /** The workspace that its metadata name, if they name this application and environment. */
  claimedWorkspaceId: WorkspaceId | null
  deletedAt: Date | null
  /** Stripe says that it never had it. */
  missing: boolean
  /** The actor of the read. */
  actor: AuditActor
}

/** Something that happened, under its natural key; no customer where the object has none. */
export type Fact = {
  key: string
  kind: string
  objectId: string
  customerId: CustomerId | null
  /** What its row in the audit trail names besides, as Stripe has it. */
  details?: Record<string, unknown>
} & (
  | { eventId: EventId }
  // No event reported it: a read of Stripe showed it, to this actor and because of these events.
  | { eventId: null; shownTo: { actor: AuditActor; eventIds: EventId[] } }
)

/** How a lease owner leaves its target. */
export type Finish = {
  /** It reads again when more arrived meanwhile; otherwise the drain job will. */
  keepLease: boolean
  /** This attempt lengthens the backoff; one that a person's visit caused does not. */
  countAttempt: boolean
}

export type Applied = {
  applied: boolean
  again: boolean
  waitMs: number
  /** Under which the entitlement was written; nothing where none was. */
  fence?: number | null
  /** Why what the read says about revenue was not written, where it was not. */
  revenueLeftOut?: string
}

/** Stores an event once, marks its target dirty and takes the lease when it is free. One round trip. */
export async function ingestEvent(event: NewEvent): Promise<Ingested> {
  return ingestedFromJson(await call<IngestedJson>(ingestion(event, { waits: true })))
}

/** The call that stores an event. `waits`: for a target that another transaction has; without it the answer is null then. */
export function ingestion(event: NewEvent, { waits }: { waits: boolean }): SQL {
  return sql`ingest_event(
    ${event.id}, ${event.type}, ${event.targetKey}, ${event.objectId}, ${event.customerId},
    ${event.attempt}::integer, ${event.livemode}, ${event.apiVersion}, ${event.createdAt.toISOString()}::timestamptz,
    ${event.reason}, ${event.payload}, ${event.payloadSha256}, ${LEASE_MS}, ${waits})`
}

export type IngestedJson = Omit<Ingested, 'claim'> & { claim: unknown }

/** The answer of `ingest_event`, with its claim as what it is. */
export function ingestedFromJson(answer: IngestedJson): Ingested {
  return { ...answer, claim: answer.claim ? claimFromJson(answer.claim) : null }
}

export type ClaimAnswer = { held: boolean; seq: number; claim: Claim | null }

/**
 * Takes a target's lease to read it now.
 * `fence`: continue after waiting, if still the lease owner. `mark`: something changed that no event reported.
 * `takeover`: a person waits, so a lease owner that only waits out the window loses the lease.
 */
export async function claimTarget(
  key: string,
  options: { fence?: number; mark?: boolean; takeover?: boolean } = {},
): Promise<ClaimAnswer> {
  const answer = await call<{ held: boolean; seq: number; claim: unknown }>(sql`claim_target(
    ${key}, ${options.fence ?? null}::bigint, ${options.mark ?? false}, ${options.takeover ?? false},
    ${LEASE_MS})`)
  return { ...answer, claim: answer.claim ? claimFromJson(answer.claim) : null }
}

/** Claims up to `limit` targets that are dirty, due and without a lease. */
export async function claimDue(limit: number): Promise<Claim[]> {
  const rows = await rowsOf<{ answer: unknown }>(
    sql`select claim_due(${limit}, ${LEASE_MS}) as answer`,
  )
  return rows.map((row) => claimFromJson(row.answer))
}

/** Commits a read, or nothing when the claim was overtaken. One round trip. */
export async function applySync(
  claim: Claim,
  change: Change,
  { keepLease, countAttempt }: Finish,
): Promise<Applied> {
  const failed = new Set(change.failures.map(({ eventId }) => eventId))
  const json = {
    customer: change.customer && rowToJson(change.customer),
    workspace_id: claim.customer?.workspaceId ?? null,
    superseded: claim.superseded,
    event_ids: claim.events.flatMap(({ id }) => (failed.has(id) ? [] : [id])),
    subscriptions: change.subscriptions.map(rowToJson),
    entitlement: change.entitlement && rowToJson(change.entitlement),
    intents: change.intents.map(rowToJson),
    facts: change.facts.map(rowToJson),
    outbox: change.outbox,
    audits: change.audits.map(rowToJson),
    marks: change.marks,
    failures: change.failures.map(rowToJson),
    revenue: {
      moments: change.revenue.moments.map(rowToJson),
      readings: change.revenue.readings.map(rowToJson),
      invoices: change.revenue.invoices.map(rowToJson),
      unread: change.revenue.unread,
    },
    retry: change.retry,
  }
  return call<Applied>(sql`apply_sync(
    ${claim.key}, ${claim.fence}::bigint, ${claim.seq}::bigint, ${JSON.stringify(json)}::jsonb,
    ${LEASE_MS}, ${claim.attempts}, ${keepLease}, ${countAttempt})`)
}

/** Gives the lease back after a failure; the target is tried again after a backoff. */
export async function failTarget(
  claim: Claim,
  error: string,
  { countAttempt }: Pick<Finish, 'countAttempt'>,
): Promise<void> {
  await call<boolean>(
    sql`fail_target(${claim.key}, ${claim.fence}::bigint, ${error}, ${countAttempt})`,
  )
}

async function call<Answer>(invocation: SQL): Promise<Answer> {
  const [row] = await rowsOf<{ answer: Answer }>(sql`select ${invocation} as answer`)
  if (!row) throw new Error('Postgres answered a function call with no row.')
  return row.answer
}
