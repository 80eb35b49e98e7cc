import { and, eq, getTableColumns, isNull, sql } from 'drizzle-orm'
import { db, type Transaction } from '@/db/client'
import { millisecondsUntil } from '@/db/clocks'
import { checkoutIntents } from '@/db/schema/checkout'
import type { CheckoutSessionId, PromotionCodeId, WorkspaceId } from '@/lib/ids'

export type CheckoutIntent = typeof checkoutIntents.$inferSelect & {
  /** Milliseconds since it was opened, by the database's clock. */
  age: number
}

const AGED = {
  ...getTableColumns(checkoutIntents),
  age: sql<number>`-(${millisecondsUntil(checkoutIntents.createdAt)})`,
}

/** The workspace's open intent; at most one exists. */
export async function findOpenIntent(workspaceId: WorkspaceId): Promise<CheckoutIntent | null> {
  const [row] = await db()
    .select(AGED)
    .from(checkoutIntents)
    .where(and(eq(checkoutIntents.workspaceId, workspaceId), eq(checkoutIntents.state, 'open')))
  return row ?? null
}

/** The intent that a session was opened for, if it is this workspace's; null for another workspace's session. */
export async function findIntentOf(
  workspaceId: WorkspaceId,
  sessionId: CheckoutSessionId,
): Promise<CheckoutIntent | null> {
  const [row] = await db()
    .select(AGED)
    .from(checkoutIntents)
    .where(
      and(eq(checkoutIntents.sessionId, sessionId), eq(checkoutIntents.workspaceId, workspaceId)),
    )
  return row ?? null
}

/** Whether a session was opened for a plan. */
export async function isPlanSession(sessionId: CheckoutSessionId): Promise<boolean> {
  return (await db().$count(checkoutIntents, eq(checkoutIntents.sessionId, sessionId))) > 0
}

/** Opens an intent, or answers null when the workspace already has an open one. */
export async function insertIntent(
  tx: Transaction,
  row: {
    workspaceId: WorkspaceId
    tier: string
    interval: string
    promotionCode: PromotionCodeId | null
  },
): Promise<CheckoutIntent | null> {
  const [inserted] = await tx
    .insert(checkoutIntents)
    .values(row)
    .onConflictDoNothing()
    .returning(AGED)
  return inserted ?? null
}

/** Records the session that Stripe made for an open intent. False when it was closed, or has a session already. */
export async function updateIntentSession(
  tx: Transaction,
  id: string,
  session: { id: CheckoutSessionId; expiresAt: Date },
): Promise<boolean> {
  const updated = await tx
    .update(checkoutIntents)
    .set({ sessionId: session.id, expiresAt: session.expiresAt })
    .where(
      and(
        eq(checkoutIntents.id, id),
        eq(checkoutIntents.state, 'open'),
        isNull(checkoutIntents.sessionId),
      ),
    )
    .returning()
  return updated.length === 1
}

/** Closes an open intent. False when another request or event closed it first. */
export async function closeIntent(
  tx: Transaction,
  id: string,
  state: Exclude<CheckoutIntent['state'], 'open'>,
): Promise<boolean> {
  const updated = await tx
    .update(checkoutIntents)
    .set({ state, closedAt: sql`clock_timestamp()` })
    .where(and(eq(checkoutIntents.id, id), eq(checkoutIntents.state, 'open')))
    .returning()
  return updated.length === 1
}
