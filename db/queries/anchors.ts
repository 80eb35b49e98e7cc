import { and, eq, isNull, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { auditAnchors } from '@/db/schema/audit'

export type Anchor = typeof auditAnchors.$inferSelect

/** Anchors every day that is over and has no anchor yet. Answers how many; one round trip. */
export async function insertAnchors(): Promise<number> {
  const [row] = await db().execute<{ days: number }>(sql`select anchor_audit() as days`)
  return row?.days ?? 0
}

/** The anchors that have not been handed outside, oldest first. */
export function listUnsealedAnchors(): Promise<Anchor[]> {
  return db()
    .select()
    .from(auditAnchors)
    .where(isNull(auditAnchors.sentAt))
    .orderBy(auditAnchors.day)
}

/** Seals an anchor once; false when another run was faster. */
export async function updateAnchorSeal(
  day: string,
  seal: { mac: string; keyId: string },
): Promise<boolean> {
  const sealed = await db()
    .update(auditAnchors)
    .set({ ...seal, sentAt: sql`clock_timestamp()` })
    .where(and(eq(auditAnchors.day, day), isNull(auditAnchors.sentAt)))
    .returning({ day: auditAnchors.day })
  return sealed.length === 1
}

/**
 * Every anchor, oldest first, with the root that what it is over gives when it is computed again: for one scope
 * only of the days that are over it, and the root as it stands of the others.
 */
export function listAnchors(
  scope: string | null = null,
): Promise<(Anchor & { recomputed: string })[]> {
  const before = sql`lag(${auditAnchors.root}) over (order by ${auditAnchors.day})`
  return db()
    .select({
      day: auditAnchors.day,
      root: auditAnchors.root,
      scopes: auditAnchors.scopes,
      mac: auditAnchors.mac,
      keyId: auditAnchors.keyId,
      sentAt: auditAnchors.sentAt,
      // A root reads all that was anchored on its day.
      recomputed: sql<string>`case when ${scope}::text is null
          or ${auditAnchors.day} in (select h.day from audit_anchor_heads h where h.scope = ${scope})
        then audit_root(${before}, ${auditAnchors.day}) else ${auditAnchors.root} end`,
    })
    .from(auditAnchors)
    .orderBy(auditAnchors.day)
}
