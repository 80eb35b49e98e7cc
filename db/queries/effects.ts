import { and, asc, desc, eq, getTableColumns, isNull, lte, sql } from 'drizzle-orm'
import { type Database, db, inTransaction, type Transaction } from '@/db/client'
import { onDatabaseClock } from '@/db/clocks'
import { effects } from '@/db/schema/events'

export type EffectRow = typeof effects.$inferSelect

/** One that is being delivered: what it is to announce may be over by now, which the database's clock says. */
export type ClaimedEffect = EffectRow & {
  isOver: boolean
  /** How long ago it was put there, in milliseconds. */
  age: number
}

export type NewEffect = {
  /** A natural key: the same cause never sends twice. */
  effectKey: string
  kind: string
  targetKey: string | null
  /** An `expiresAt` in it is an instant of our clock; the database keeps it as one of its own. */
  payload: Record<string, unknown> & { expiresAt?: string | null }
}

/** Puts something into the outbox. False when its key is there already. */
export async function insertEffect(
  executor: Transaction | Database,
  { effectKey, payload, ...rest }: NewEffect,
): Promise<boolean> {
  const inserted = await executor
    .insert(effects)
    .values({ key: effectKey, payload: kept(payload), ...rest })
    .onConflictDoNothing()
    .returning()
  return inserted.length === 1
}

function kept(payload: NewEffect['payload']) {
  if (!payload.expiresAt) return payload
  const until = onDatabaseClock(new Date(payload.expiresAt))
  return sql`jsonb_set(${JSON.stringify(payload)}::jsonb, '{expiresAt}', to_jsonb(${until}))`
}

/** Whether something was put into the outbox under this key, delivered or not. */
export async function hasEffect(key: string): Promise<boolean> {
  return (await findEffect(key)) !== null
}

/** What stands in the outbox under a key. */
export async function findEffect(key: string): Promise<EffectRow | null> {
  const [row] = await db().select().from(effects).where(eq(effects.key, key))
  return row ?? null
}

// A worker's promise to be done with one effect; after it another may try.
const HOLD_SECONDS = 60

/**
 * Takes up to `limit` undelivered effects that are due. Each is held for a minute and its attempt is
 * counted at once, so that one that kills its worker is not tried for ever at full speed.
 * `only`: no other than the one under this key.
 */
export function claimEffects(kind: string, limit: number, only?: string): Promise<ClaimedEffect[]> {
  return inTransaction(async (tx) => {
    const due = await tx
      .select({ key: effects.key })
      .from(effects)
      .where(
        and(
          eq(effects.kind, kind),
          only === undefined ? undefined : eq(effects.key, only),
          isNull(effects.deliveredAt),
          lte(effects.nextRunAt, sql`clock_timestamp()`),
        ),
      )
      .orderBy(asc(effects.nextRunAt))
      .limit(limit)
      .for('update', { skipLocked: true })
    const claimed = await Promise.all(
      due.map(({ key }) =>
        tx
          .update(effects)
          .set({
            attempts: sql`${effects.attempts} + 1`,
            nextRunAt: sql`clock_timestamp() + make_interval(secs => ${HOLD_SECONDS}) + backoff(${effects.attempts})`,
          })
          .where(eq(effects.key, key))
          .returning({ ...getTableColumns(effects), isOver: IS_OVER, age: AGE }),
      ),
    )
    return claimed.flat()
  })
}

const IS_OVER = sql<boolean>`coalesce((${effects.payload}->>'expiresAt')::timestamptz <= clock_timestamp(), false)`

const AGE = sql<number>`(extract(epoch from clock_timestamp() - ${effects.createdAt}) * 1000)::float8`

/** Closes an effect; `payload` replaces what was to be sent, when that must not stay (a sign-in link). */
export async function markDelivered(
  executor: Transaction | Database,
  key: string,
  payload?: Record<string, unknown>,
): Promise<void> {
  await executor
    .update(effects)
    .set({ deliveredAt: sql`clock_timestamp()`, lastError: null, ...(payload ? { payload } : {}) })
    .where(eq(effects.key, key))
}

/** Notes why a try failed; the effect stays due at the time that its claim set. */
export async function markEffectFailed(key: string, error: string): Promise<void> {
  await db()
    .update(effects)
    .set({ lastError: error.slice(0, 500) })
    .where(eq(effects.key, key))
}

/** The newest effects of one kind, delivered or not. */
export function listEffects(kind: string, limit: number): Promise<EffectRow[]> {
  return db()
    .select()
    .from(effects)
    .where(eq(effects.kind, kind))
    .orderBy(desc(effects.createdAt))
    .limit(limit)
}
