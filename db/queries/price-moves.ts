import { and, asc, count, eq, getTableColumns, gt, inArray, isNull, sql } from 'drizzle-orm'
import { db, type Transaction } from '@/db/client'
import { customers, subscriptions } from '@/db/schema/billing'
import { type MoveState, priceMoves } from '@/db/schema/price-moves'
import type { CustomerId, SubscriptionId, WorkspaceId } from '@/lib/ids'

export type PriceMove = typeof priceMoves.$inferSelect

export type NewMove = Pick<
  PriceMove,
  | 'subscriptionId'
  | 'customerId'
  | 'fromPrice'
  | 'toPrice'
  | 'effectiveAt'
  | 'amountBefore'
  | 'amountAfter'
  | 'currency'
>

/** A living subscription to a price by our records. */
export type PricedSubscription = {
  id: SubscriptionId
  customerId: CustomerId
  /** Who reads the notification: null where no one does. */
  workspaceId: WorkspaceId | null
  /** A move of it is under way. */
  moving: boolean
}

/** The living subscriptions to a price in the order of their ids, a page at a time. */
export function listPriced(
  price: string,
  { after, limit, customer }: { after: string; limit: number; customer?: CustomerId | undefined },
): Promise<PricedSubscription[]> {
  return db()
    .select({
      id: subscriptions.id,
      customerId: subscriptions.customerId,
      workspaceId: customers.workspaceId,
      moving: sql<boolean>`${priceMoves.id} is not null`,
    })
    .from(subscriptions)
    .innerJoin(customers, eq(customers.id, subscriptions.customerId))
    .leftJoin(
      priceMoves,
      and(eq(priceMoves.subscriptionId, subscriptions.id), isNull(priceMoves.closedAt)),
    )
    .where(
      and(
        eq(subscriptions.priceId, price),
        isNull(subscriptions.endedAt),
        gt(subscriptions.id, sql`${after}`),
        customer ? eq(subscriptions.customerId, customer) : undefined,
      ),
    )
    .orderBy(asc(subscriptions.id))
    .limit(limit)
}

/** Puts a move on record. Null where another one of that subscription is open. */
export async function insertMove(tx: Transaction, move: NewMove): Promise<PriceMove | null> {
  const [row] = await tx.insert(priceMoves).values(move).onConflictDoNothing().returning()
  return row ?? null
}

/** In whatever state it is; null where there is none of this id. */
export async function findMove(id: string): Promise<PriceMove | null> {
  const [row] = await db().select().from(priceMoves).where(eq(priceMoves.id, id))
  return row ?? null
}

/** The move of a subscription that is not over. */
export async function findOpenMove(subscriptionId: SubscriptionId): Promise<PriceMove | null> {
  const [row] = await db()
    .select()
    .from(priceMoves)
    .where(and(eq(priceMoves.subscriptionId, subscriptionId), isNull(priceMoves.closedAt)))
  return row ?? null
}

type Between = { from: string; to: string; customer?: CustomerId | undefined }

/**
 * Open moves from one price to another that are in one of these states, in the order of their ids,
 * a page at a time.
 */
export function listOpenMoves(
  between: Between,
  { states, after, limit }: { states: readonly MoveState[]; after: string; limit: number },
): Promise<PriceMove[]> {
  return db()
    .select(getTableColumns(priceMoves))
    .from(priceMoves)
    .where(and(ofThese(between), inArray(priceMoves.state, [...states]), gt(priceMoves.id, after)))
    .orderBy(asc(priceMoves.id))
    .limit(limit)
}

/** How many moves from one price to another are in each state. */
export async function countMoves(between: Between): Promise<Partial<Record<MoveState, number>>> {
  const rows = await db()
    .select({ state: priceMoves.state, n: count() })
    .from(priceMoves)
    .where(ofThese(between))
    .groupBy(priceMoves.state)
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]))
}

function ofThese({ from, to, customer }: Between) {
  return and(
    eq(priceMoves.fromPrice, sql`${from}`),
    eq(priceMoves.toPrice, sql`${to}`),
    customer ? eq(priceMoves.customerId, customer) : undefined,
  )
}

/**
 * Takes a move from one of these states into another; false where it is in none of them any more, which
 * says that someone else was first.
 */
export async function stepMove(
  tx: Transaction,
  id: string,
  states: readonly MoveState[],
  to: { state: MoveState; scheduleId?: string; reason?: string },
): Promise<boolean> {
  const over = to.state === 'moved' || to.state === 'undone' || to.state === 'left'
  const stepped = await tx
    .update(priceMoves)
    .set({ ...to, ...(over ? { closedAt: sql`clock_timestamp()` } : {}) })
    .where(and(eq(priceMoves.id, id), inArray(priceMoves.state, [...states])))
    .returning({ id: priceMoves.id })
  return stepped.length === 1
}
