import { and, asc, desc, eq, getTableColumns, isNull, lte, sql } from 'drizzle-orm'
import { type Database, db, type Transaction } from '@/db/client'
import { onDatabaseClock } from '@/db/clocks'
import { rowsOf } from '@/db/rows-of'
import { outbox } from '@/db/schema/events'

export type OutboxRow = typeof outbox.$inferSelect

/** An entry that is being delivered: what it announces may be over by now, by the database's clock. */
export type ClaimedEntry = OutboxRow & {
  isOver: boolean
  /** How long ago it was put there, in milliseconds. */
  age: number
}

export type NewEntry = {
  /** A natural key: the same cause never sends twice. */
  entryKey: string
  kind: string
  targetKey: string | null
  /** An `expiresAt` in it is an instant of our clock; the database keeps it as one of its own. */
  payload: Record<string, unknown> & { expiresAt?: string | null }
}

/** Puts something into the outbox. False when its key is there already. */
export async function insertEntry(
  executor: Transaction | Database,
  { entryKey, payload, ...rest }: NewEntry,
): Promise<boolean> {
  const inserted = await executor
    .insert(outbox)
    .values({ key: entryKey, payload: kept(payload), ...rest })
    .onConflictDoNothing()
    .returning()
  return inserted.length === 1
}

function kept(payload: NewEntry['payload']) {
  if (!payload.expiresAt) return payload
  const until = onDatabaseClock(new Date(payload.expiresAt))
  return sql`jsonb_set(${JSON.stringify(payload)}::jsonb, '{expiresAt}', to_jsonb(${until}))`
}

/** Whether something was put into the outbox under this key, delivered or not. */
export async function hasEntry(key: string): Promise<boolean> {
  return (await findEntry(key)) !== null
}

/** The outbox entry with this key. */
export async function findEntry(key: string): Promise<OutboxRow | null> {
  const [row] = await db().select().from(outbox).where(eq(outbox.key, key))
  return row ?? null
}

// How long a worker may take for one entry; after it another worker may try.
const HOLD_SECONDS = 60

/** Those of these kinds of which something is due: one round trip, however many there are, and mostly the only one. */
export async function listDueKinds<Kind extends string>(kinds: readonly Kind[]): Promise<Kind[]> {
  return (
    await rowsOf<{
      kind: Kind
    }>(sql`select kind from unnest(${sql.param([...kinds])}::text[]) as given(kind)
      where exists (select from outbox o where o.kind = given.kind
        and o.delivered_at is null and o.next_run_at <= (select clock_timestamp()))`)
  ).map(({ kind }) => kind)
}

/**
 * Takes up to `limit` undelivered entries that are due, in one round trip. Each is held for a minute and its
 * attempt is counted at once, so that one that kills its worker is not tried for ever at full speed.
 * `only`: no other than the one under this key.
 */
export function claimEntries(kind: string, limit: number, only?: string): Promise<ClaimedEntry[]> {
  const due = db()
    .$with('due')
    .as(
      db()
        .select({ dueKey: sql<string>`${outbox.key}`.as('due_key') })
        .from(outbox)
        .where(
          and(
            eq(outbox.kind, kind),
            only === undefined ? undefined : eq(outbox.key, only),
            isNull(outbox.deliveredAt),
            lte(outbox.nextRunAt, sql`(select clock_timestamp())`),
          ),
        )
        .orderBy(asc(outbox.nextRunAt))
        .limit(limit)
        .for('update', { skipLocked: true }),
    )
  return db()
    .with(due)
    .update(outbox)
    .set({
      attempts: sql`${outbox.attempts} + 1`,
      nextRunAt: sql`clock_timestamp() + make_interval(secs => ${HOLD_SECONDS}) + backoff(${outbox.attempts})`,
    })
    .from(due)
    .where(eq(outbox.key, due.dueKey))
    .returning({ ...getTableColumns(outbox), isOver: IS_OVER, age: AGE })
}

const IS_OVER = sql<boolean>`coalesce((${outbox.payload}->>'expiresAt')::timestamptz <= clock_timestamp(), false)`

const AGE = sql<number>`(extract(epoch from clock_timestamp() - ${outbox.createdAt}) * 1000)::float8`

/** Closes an entry; `payload` replaces what was to be sent, when that must not stay (a sign-in link). */
export async function markDelivered(
  executor: Transaction | Database,
  key: string,
  payload?: Record<string, unknown>,
): Promise<void> {
  await executor
    .update(outbox)
    .set({ deliveredAt: sql`clock_timestamp()`, lastError: null, ...(payload ? { payload } : {}) })
    .where(eq(outbox.key, key))
}

/** Records why an attempt failed; the entry stays due at the time that its claim set. */
export async function markEntryFailed(key: string, error: string): Promise<void> {
  await db()
    .update(outbox)
    .set({ lastError: error.slice(0, 500) })
    .where(eq(outbox.key, key))
}

/** The newest entries of one kind, delivered or not. */
export function listEntries(kind: string, limit: number): Promise<OutboxRow[]> {
  return db()
    .select()
    .from(outbox)
    .where(eq(outbox.kind, kind))
    .orderBy(desc(outbox.createdAt))
    .limit(limit)
}
