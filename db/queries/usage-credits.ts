import { type SQL, sql } from 'drizzle-orm'
import { rowsOf } from '@/db/rows-of'
import type { AuditActor } from '@/db/schema/audit'
import type { WorkspaceId } from '@/lib/ids'

/** What a workspace can still spend of its credits, at an instant of business time. */
export async function findCredits(workspaceId: WorkspaceId, now: Date): Promise<number> {
  const [row] = await rowsOf<{ n: number }>(
    sql`select credits_left(${workspaceId}::uuid, ${now.toISOString()}::timestamptz) as n`,
  )
  return row?.n ?? 0
}

/** Gives credits once for each source, with their row in the trail; false when they were given before. */
export async function grantCredits(given: {
  workspaceId: WorkspaceId
  source: string
  quantity: number
  expiresAt: Date | null
  paymentIntentId: string | null
  actor: AuditActor
}): Promise<boolean> {
  const { workspaceId, source, quantity, expiresAt, paymentIntentId, actor } = given
  const [row] = await rowsOf<{ given: boolean }>(sql`select grant_credits(
    ${workspaceId}::uuid, ${source}, ${quantity}::integer, ${expiresAt?.toISOString() ?? null}::timestamptz,
    ${paymentIntentId}, ${JSON.stringify(actor)}::jsonb) as given`)
  return row?.given ?? false
}

/** Takes back what is not spent of what a payment bought; null when it bought no credits. */
export function takeBackCredits(
  paymentIntentId: string,
  actor: AuditActor,
): Promise<number | null> {
  return unitsOf(sql`take_back_credits(${paymentIntentId}, ${JSON.stringify(actor)}::jsonb)`)
}

/** Gives back what was taken of what a payment bought, once; null when it bought no credits. */
export function giveBackCredits(
  paymentIntentId: string,
  actor: AuditActor,
): Promise<number | null> {
  return unitsOf(sql`give_back_credits(${paymentIntentId}, ${JSON.stringify(actor)}::jsonb)`)
}

async function unitsOf(call: SQL): Promise<number | null> {
  const [row] = await rowsOf<{ units: number | null }>(sql`select ${call} as units`)
  return row?.units ?? null
}
