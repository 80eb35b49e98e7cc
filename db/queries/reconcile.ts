import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { db, type Transaction } from '@/db/client'
import { type Claim, claimFromJson } from '@/db/queries/claim'
import { rowsOf } from '@/db/rows-of'
import { reconcileCursors, syncTargets, webhookEvents } from '@/db/schema/events'
import type { CustomerId, EventId } from '@/lib/ids'

/** How far a job has read, in business time. */
export type Progress = {
  /** The instant up to which it has; null when nothing is left over from a run before. */
  readTo: Date | null
  /** When it read that. */
  at: Date
}

export type ProgressName = 'events' | 'subscriptions'

type WalkName = 'granted'

/** Null before the first run. */
export async function findProgress(name: ProgressName): Promise<Progress | null> {
  const [row] = await db().select().from(reconcileCursors).where(eq(reconcileCursors.name, name))
  return row?.lastRunAt ? { readTo: row.lastEventCreatedAt, at: row.lastRunAt } : null
}

/** `forwards`: of two runs at once, the one that has read further wins. */
export async function saveProgress(
  name: ProgressName,
  { readTo, at }: Progress,
  { forwards }: { forwards: boolean },
): Promise<void> {
  const set = { lastEventCreatedAt: readTo, lastRunAt: at }
  const { lastEventCreatedAt: kept } = reconcileCursors
  const further = readTo && sql`${kept} is null or ${kept} <= ${readTo.toISOString()}`
  await db()
    .insert(reconcileCursors)
    .values({ name, ...set })
    .onConflictDoUpdate({
      target: reconcileCursors.name,
      set,
      setWhere: (forwards ? further : null) ?? sql`true`,
    })
}

/** The customer after which a walk by their ids goes on; null: from the first. */
export async function findWalked(name: WalkName): Promise<CustomerId | null> {
  const [row] = await db().select().from(reconcileCursors).where(eq(reconcileCursors.name, name))
  return row?.lastKey ?? null
}

/** `lastKey` null: the next walk begins with the first again. */
export async function saveWalked(name: WalkName, lastKey: CustomerId | null): Promise<void> {
  const set = { lastKey }
  await db()
    .insert(reconcileCursors)
    .values({ name, ...set })
    .onConflictDoUpdate({ target: reconcileCursors.name, set })
}

/** Which of these events the inbox has. */
export async function listStored(ids: readonly EventId[]): Promise<ReadonlySet<EventId>> {
  const rows = await db()
    .select({ id: webhookEvents.id })
    .from(webhookEvents)
    .where(inArray(webhookEvents.id, [...ids]))
  return new Set(rows.map(({ id }) => id))
}

/** Has the next read of a customer ask Stripe for the customer itself, too. */
export async function doubtCustomer(tx: Transaction, key: string): Promise<void> {
  await tx.execute(sql`update customers set doubted_at = clock_timestamp() where id = ${key}`)
}

/** Gives a lease back unused: its target is due as if it had never been claimed. */
export async function releaseTarget({ key, fence }: Claim): Promise<void> {
  const { nextRunAt, waiting } = syncTargets
  await db()
    .update(syncTargets)
    .set({
      leaseUntil: null,
      waiting: false,
      // A lease owner that waits out the window has not begun a new one.
      nextRunAt: sql`case when ${waiting} then ${nextRunAt} else clock_timestamp() end`,
    })
    .where(and(eq(syncTargets.key, key), eq(syncTargets.fence, fence)))
}

/** What we keep of one customer, as a claim would show it. */
export type LocalState = Pick<
  Claim,
  'key' | 'customer' | 'superseded' | 'subscriptions' | 'entitlement' | 'overrides'
> & {
  /** It has no workspace, and the one that it names could be its own by now. */
  linkable: boolean
}

/** The records of these customers, and of those with a living subscription made after `from` and up to `to`. */
export function listLocalState(
  customerIds: readonly CustomerId[],
  span: { from: Date | null; to: Date | null },
): Promise<LocalState[]> {
  const after = span.from ? sql`and stripe_created_at > ${span.from.toISOString()}` : sql``
  const until = span.to ? sql`and stripe_created_at <= ${span.to.toISOString()}` : sql``
  // An array: of two conditions with "or" between them Postgres would read the whole table of customers.
  return records(sql`c.id = any(${sql.param([...customerIds])}::text[] || array(
    select customer_id from subscriptions where ended_at is null ${after} ${until}))`)
}

/** Those of a slice of all customers that have a plan or an override, and no subscription. */
export type GrantedSlice = {
  granted: LocalState[]
  /** After which the next slice begins; null: this was the last. */
  last: CustomerId | null
}

/**
 * The records of customers with a plan or an override and no subscription: few, operators grant them by hand. One
 * slice of so many customers, in the order of their ids: no query may read all of them.
 */
export async function listGrantedState(
  freeTier: string,
  { after, limit }: { after: CustomerId | null; limit: number },
): Promise<GrantedSlice> {
  const ids = await rowsOf<{ id: CustomerId; granted: boolean }>(sql`
    select c.id, c.deleted_at is null
        and not exists (select 1 from subscriptions s where s.customer_id = c.id)
        and (exists (select 1 from entitlements e where e.workspace_id = c.workspace_id and e.tier <> ${freeTier})
          or exists (select 1 from entitlement_overrides o
            where o.workspace_id = c.workspace_id and o.revoked_at is null)) as granted
      from (select id, workspace_id, deleted_at from customers
        where id > ${after ?? ''} order by id limit ${limit}) c order by c.id`)
  const found = ids.filter(({ granted }) => granted).map(({ id }) => id)
  return {
    granted: found.length > 0 ? await records(sql`c.id = any(${sql.param(found)}::text[])`) : [],
    last: ids.length < limit ? null : (ids.at(-1)?.id ?? null),
  }
}

async function records(which: SQL): Promise<LocalState[]> {
  // No fence and no events: this is a look, not a claim.
  const rows = await db().execute<{ answer: unknown; linkable: boolean }>(sql`
    select claim_of(c.id, 0, 0, 0, 0) as answer,
        c.workspace_id is null and c.deleted_at is null and exists (
          select from workspaces w where w.id = c.claimed_workspace_id and not exists (
            select from customers o where o.workspace_id = w.id and o.deleted_at is null)) as linkable
      from customers c where ${which} order by c.id`)
  return rows.map(({ answer, linkable }) => ({ ...claimFromJson(answer), linkable }))
}

/**
 * Marks a target dirty, unless it is dirty already, leased, or was read within these real milliseconds.
 * False: nothing was written.
 */
export async function markSettled(tx: Transaction, key: string, sinceMs: number): Promise<boolean> {
  const { dirtySeq, syncedSeq, leaseUntil, lastSyncedAt } = syncTargets
  const now = sql`clock_timestamp()`
  const marked = await tx
    .insert(syncTargets)
    .values({ key, dirtySeq: 1 })
    .onConflictDoUpdate({
      target: syncTargets.key,
      set: { dirtySeq: sql`${dirtySeq} + 1` },
      setWhere: sql`${dirtySeq} = ${syncedSeq}
        and (${leaseUntil} is null or ${leaseUntil} <= ${now})
        and (${lastSyncedAt} is null
          or ${lastSyncedAt} < ${now} - make_interval(secs => ${sinceMs / 1000}))`,
    })
    .returning({ key: syncTargets.key })
  return marked.length === 1
}
