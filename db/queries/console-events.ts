import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import { db, type Transaction } from '@/db/client'
import type { AuditRow } from '@/db/queries/audit'
import { rowsOf } from '@/db/rows-of'
import { auditLog } from '@/db/schema/audit'
import { syncTargets, webhookEvents } from '@/db/schema/events'
import type { CustomerId, EventId } from '@/lib/ids'

export type EventState = (typeof webhookEvents.$inferSelect)['state']

export type ListedEvent = {
  id: EventId
  type: string
  customerId: CustomerId | null
  objectId: string | null
  state: EventState
  attempts: number
  reason: string | null
  stripeCreatedAt: Date
  receivedAt: Date
  /** The same in ISO 8601 as exactly as Postgres has it: to the microsecond. */
  receivedExactly: string
  doneAt: Date | null
}

/** Which events a list is of. A state is `pending` or `dead`: of the others there are too many to pick out. */
export type EventFilter = {
  state: 'pending' | 'dead' | null
  type: string | null
  customer: CustomerId | null
  /** The last one of the page before: when it was received, exactly, and its id among those of one instant. */
  after: { at: string; id: string } | null
}

/** A page of events, the newest first. Each filter has an index of its own that gives this order. */
export function listEventsPage(filter: EventFilter, limit: number): Promise<ListedEvent[]> {
  const { id, receivedAt } = webhookEvents
  const { state, type, customer, after } = filter
  return db()
    .select({
      id,
      type: webhookEvents.type,
      customerId: webhookEvents.customerId,
      objectId: webhookEvents.objectId,
      state: webhookEvents.state,
      attempts: webhookEvents.attempts,
      reason: webhookEvents.reason,
      stripeCreatedAt: webhookEvents.stripeCreatedAt,
      receivedAt,
      // A Date has milliseconds: by them alone the next page could leave one out.
      receivedExactly: sql<string>`to_char(${receivedAt} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
      doneAt: webhookEvents.doneAt,
    })
    .from(webhookEvents)
    .where(
      and(
        // Written out, so that the partial indexes of the few that are open fit.
        state === 'pending' ? sql`${webhookEvents.state} = 'pending'` : undefined,
        state === 'dead' ? sql`${webhookEvents.state} = 'dead'` : undefined,
        type ? eq(webhookEvents.type, type) : undefined,
        customer ? eq(webhookEvents.customerId, customer) : undefined,
        after ? sql`(${receivedAt}, ${id}) < (${after.at}::timestamptz, ${after.id})` : undefined,
      ),
    )
    .orderBy(desc(receivedAt), desc(id))
    .limit(limit)
}

/** What the audit trail says came of an event, in the chains that it can stand in, oldest first. */
export function listOutcomes(scopes: readonly string[], id: EventId): Promise<AuditRow[]> {
  return db()
    .select()
    .from(auditLog)
    .where(and(inArray(auditLog.scope, [...scopes]), sql`${id} = any(${auditLog.eventIds})`))
    .orderBy(asc(auditLog.at), asc(auditLog.n))
}

/** Events or targets that wait for the same reason. */
export type Cause = {
  /** A hash of `error`, which may stand on a page: an error can name a person. */
  signature: string
  /** The error, without the ids that tell one of them from another; empty where none was noted. */
  error: string
  count: number
  customers: number
  first: Date
  last: Date
  /** One of them, to look at. */
  example: string
}

// What tells one error from another of its kind: ids of Stripe, and long numbers.
const ERROR = sql`regexp_replace(coalesce(last_error, ''), '[a-z]{2,8}_[A-Za-z0-9_]{4,}|[0-9]{4,}', '…', 'g')`
// No secret hangs on it: it only has to be the same for the same words.
const SIGNATURE = sql`md5(${ERROR})`

/** Events that were given up, by their error. */
export async function groupDead(): Promise<Cause[]> {
  return (
    await rowsOf<RawCause>(sql`
    select ${SIGNATURE} as signature, min(${ERROR}) as error, count(*)::int as count, count(distinct customer_id)::int as customers,
      min(received_at)::text as first, max(received_at)::text as last, max(id) as example
    from webhook_events where state = 'dead' group by 1 order by count(*) desc, 1 limit 50`)
  ).map(dated)
}

/**
 * Targets that are behind Stripe: `parked` have failed `parkedAfter` times, `stuck` have been due for five minutes
 * or failed at least once.
 */
export async function groupBehind(kind: Behind, parkedAfter: number): Promise<Cause[]> {
  return (
    await rowsOf<RawCause>(sql`
    select ${SIGNATURE} as signature, min(${ERROR}) as error, count(*)::int as count, count(*)::int as customers,
      min(next_run_at)::text as first, max(next_run_at)::text as last, max(key) as example
    from sync_targets where dirty_seq > synced_seq and ${behind(kind, parkedAfter)}
    group by 1 order by count(*) desc, 1 limit 50`)
  ).map(dated)
}

export type Behind = 'parked' | 'stuck'

function behind(kind: Behind, parkedAfter: number) {
  if (kind === 'parked') return sql`attempts >= ${parkedAfter}`
  return sql`attempts < ${parkedAfter} and (attempts > 0 or next_run_at < clock_timestamp() - interval '5 minutes')`
}

/** What waits for one cause: the id of an event or the key of a target, with the error of `Cause`. */
export type Waiting = { id: string; error: string }

/** One group of events that were given up, the oldest first. */
export function listDeadOf(signature: string, limit: number): Promise<readonly Waiting[]> {
  return rowsOf<Waiting>(sql`
    select id, ${ERROR} as error from webhook_events where state = 'dead' and ${SIGNATURE} = ${signature}
    order by received_at limit ${limit}`)
}

/** One group of targets. */
export function listBehindOf(
  kind: Behind,
  { signature, parkedAfter, limit }: { signature: string; parkedAfter: number; limit: number },
): Promise<readonly Waiting[]> {
  return rowsOf<Waiting>(sql`
    select key as id, ${ERROR} as error from sync_targets where dirty_seq > synced_seq and ${behind(kind, parkedAfter)}
      and ${SIGNATURE} = ${signature} order by next_run_at limit ${limit}`)
}

/** Has these targets read again soon, in one transaction of the caller's. */
export async function markMany(tx: Transaction, keys: readonly string[]): Promise<void> {
  await tx.execute(sql`select mark_targets(${sql.param([...keys])}::text[])`)
}

type RawCause = Omit<Cause, 'first' | 'last'> & { first: string; last: string }

function dated({ first, last, ...rest }: RawCause): Cause {
  return { ...rest, first: new Date(first), last: new Date(last) }
}

/** How many wait, and how many were given up. */
export async function countOpenEvents(): Promise<{
  pending: number
  dead: number
  behind: number
}> {
  const [pending, dead, late] = await Promise.all([
    db().$count(webhookEvents, sql`${webhookEvents.state} = 'pending'`),
    db().$count(webhookEvents, sql`${webhookEvents.state} = 'dead'`),
    db().$count(syncTargets, sql`${syncTargets.dirtySeq} > ${syncTargets.syncedSeq}`),
  ])
  return { pending, dead, behind: late }
}
