import { and, eq, exists, inArray, isNotNull, ne, or, sql } from 'drizzle-orm'
import { db, type Transaction } from '@/db/client'
import { customers, subscriptions } from '@/db/schema/billing'
import { type TrialSubject, trials } from '@/db/schema/trials'
import { memberships } from '@/db/schema/workspaces'
import type { SubscriptionId, WorkspaceId } from '@/lib/ids'

/**
 * Whether a workspace, or one of its people in whichever workspace of theirs, has had a trial. The
 * mirror counts as well as the ledger: it has a trial as soon as it begins.
 */
export async function hadTrial(workspaceId: WorkspaceId): Promise<boolean> {
  const people = db()
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(eq(memberships.workspaceId, workspaceId))
  const theirs = db()
    .select({ id: memberships.workspaceId })
    .from(memberships)
    .where(inArray(memberships.userId, people))
  const noted = db()
    .select({ one: sql`1` })
    .from(trials)
    .where(and(eq(trials.kind, 'person'), inArray(trials.subject, people)))
  const mirrored = db()
    .select({ one: sql`1` })
    .from(subscriptions)
    .innerJoin(customers, eq(customers.id, subscriptions.customerId))
    .where(
      and(
        isNotNull(subscriptions.trialEnd),
        or(eq(customers.workspaceId, workspaceId), inArray(customers.workspaceId, theirs)),
      ),
    )
  const [row] = await db()
    .select({ had: sql<boolean>`${exists(noted)} or ${exists(mirrored)}` })
    .from(sql`(select 1) as one`)
  return row?.had === true
}

/** Whether a trial was begun with one of these cards, by their fingerprints. */
export async function hadTrialWith(cards: readonly string[]): Promise<boolean> {
  if (cards.length === 0) return false
  const used = and(eq(trials.kind, 'card'), inArray(trials.subject, [...cards]))
  return (await db().$count(trials, used)) > 0
}

/**
 * Notes who had a trial, and with which card; an earlier one of theirs stays. Answers how many are noted now
 * that were not before.
 */
export async function insertTrials(
  tx: Transaction,
  subscriptionId: SubscriptionId,
  subjects: readonly TrialSubject[],
): Promise<number> {
  if (subjects.length === 0) return 0
  const inserted = await tx
    .insert(trials)
    .values(subjects.map((each) => ({ ...each, subscriptionId })))
    .onConflictDoNothing()
    .returning({ subject: trials.subject })
  return inserted.length
}

/** Whether one of these has had a trial on another subscription before. */
export async function hasEarlierTrial(
  tx: Transaction,
  subscriptionId: SubscriptionId,
  subjects: readonly TrialSubject[],
): Promise<boolean> {
  const same = subjects.map(({ kind, subject }) =>
    and(eq(trials.kind, kind), eq(trials.subject, subject)),
  )
  if (same.length === 0) return false
  const [found] = await tx
    .select({ id: trials.subscriptionId })
    .from(trials)
    .where(and(ne(trials.subscriptionId, subscriptionId), or(...same)))
    .limit(1)
  return found !== undefined
}

/** The people of the workspace that a subscription is for; none where it has no workspace any more. */
export async function listPeopleOf(subscriptionId: SubscriptionId): Promise<TrialSubject[]> {
  const rows = await db()
    .select({ subject: memberships.userId })
    .from(subscriptions)
    .innerJoin(customers, eq(customers.id, subscriptions.customerId))
    .innerJoin(memberships, eq(memberships.workspaceId, customers.workspaceId))
    .where(eq(subscriptions.id, subscriptionId))
  return rows.map(({ subject }) => ({ kind: 'person', subject }))
}

/** Forgets that a user had a trial; the card that was left for it stays noted, and names no one. */
export async function deletePerson(tx: Transaction, userId: string): Promise<void> {
  await tx.delete(trials).where(and(eq(trials.kind, 'person'), eq(trials.subject, userId)))
}
