import { and, asc, eq, isNull, notExists, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { type Database, db, type Transaction } from '@/db/client'
import { sessions, users, verificationTokens } from '@/db/schema/auth'
import { customers } from '@/db/schema/billing'
import { outbox } from '@/db/schema/events'
import { memberships, workspaces } from '@/db/schema/workspaces'
import type { CustomerId, UserId, WorkspaceId } from '@/lib/ids'

/** What Stripe may know of a person: the address for receipts, and a name. */
export type Person = { email: string; name: string | null }

const PERSON = { email: users.email, name: users.name }

/** Null once the user is erased. */
export async function findPerson(userId: UserId): Promise<Person | null> {
  const [row] = await db().select(PERSON).from(users).where(eq(users.id, userId))
  return row ?? null
}

/**
 * The person that Stripe gets for a workspace: its first owner's address, with a team's own name. Null: there
 * is no such workspace any more.
 */
export async function findPayer(workspaceId: WorkspaceId): Promise<Person | null> {
  const [row] = await payerOf(workspaceId, db())
  return row ? payer(row) : null
}

/** The same, locked until the transaction ends: a transaction that changes or removes that person waits. */
export async function lockPayer(tx: Transaction, workspaceId: WorkspaceId): Promise<Person | null> {
  const [row] = await payerOf(workspaceId, tx).for('no key update', { of: users })
  return row ? payer(row) : null
}

function payerOf(workspaceId: WorkspaceId, executor: Transaction | Database) {
  return executor
    .select({ ...PERSON, team: workspaces.name })
    .from(memberships)
    .innerJoin(workspaces, eq(workspaces.id, memberships.workspaceId))
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.workspaceId, workspaceId), eq(memberships.role, 'owner')))
    .orderBy(asc(memberships.createdAt), asc(memberships.userId))
    .limit(1)
}

function payer({ email, name, team }: Person & { team: string | null }): Person {
  return { email, name: team ?? name }
}

/** The same of a user: a transaction that changes that person, or gives them a customer, waits. */
export async function lockPerson(tx: Transaction, userId: UserId): Promise<Person | null> {
  const [row] = await tx.select(PERSON).from(users).where(eq(users.id, userId)).for('no key update')
  return row ?? null
}

/** Writes what changed. A new address is unproven until the user shows that it is theirs. */
export async function updatePerson(
  tx: Transaction,
  userId: UserId,
  changed: Partial<Person>,
): Promise<void> {
  const unproven = changed.email === undefined ? {} : { emailVerified: null }
  await tx
    .update(users)
    .set({ ...changed, ...unproven })
    .where(eq(users.id, userId))
}

/** Ends every session of a user, and takes back the sign-in links that were sent to an address. */
export async function signOutEverywhere(
  tx: Transaction,
  userId: UserId,
  address: string,
): Promise<void> {
  await tx.delete(sessions).where(eq(sessions.userId, userId))
  await tx.delete(verificationTokens).where(eq(verificationTokens.identifier, address))
}

/** The living customer of a workspace, as this transaction sees it. */
export async function findOwnCustomer(
  tx: Transaction,
  workspaceId: WorkspaceId,
): Promise<CustomerId | null> {
  const [row] = await tx
    .select({ id: customers.id })
    .from(customers)
    .where(and(eq(customers.workspaceId, workspaceId), isNull(customers.deletedAt)))
  return row?.id ?? null
}

/** The user whose personal workspace a living customer belongs to; null for a team's, which has no one user. */
export async function findPersonalUser(customerId: CustomerId): Promise<UserId | null> {
  const [row] = await db()
    .select({ userId: memberships.userId })
    .from(customers)
    .innerJoin(workspaces, eq(workspaces.id, customers.workspaceId))
    .innerJoin(memberships, eq(memberships.workspaceId, workspaces.id))
    .where(
      and(
        eq(customers.id, customerId),
        isNull(customers.deletedAt),
        eq(workspaces.kind, 'personal'),
      ),
    )
  return row?.userId ?? null
}

/** A living customer that has this person's details at Stripe, as the first owner of its workspace. */
export type PaidBy = {
  customerId: CustomerId
  workspaceId: WorkspaceId
  /** The workspace has a name of its own, so that Stripe knows the person's address alone. */
  named: boolean
}

/** The customers that have this person's details at Stripe, in the order of their keys. */
export async function listPaidBy(tx: Transaction, userId: UserId): Promise<PaidBy[]> {
  const before = alias(memberships, 'before')
  const earlier = tx
    .select({ one: sql`1` })
    .from(before)
    .where(
      and(
        eq(before.workspaceId, memberships.workspaceId),
        eq(before.role, 'owner'),
        // The order of `findPayer`.
        sql`(${before.createdAt}, ${before.userId}) < (${memberships.createdAt}, ${memberships.userId})`,
      ),
    )
  return tx
    .select({
      customerId: customers.id,
      workspaceId: memberships.workspaceId,
      named: sql<boolean>`${workspaces.name} is not null`,
    })
    .from(memberships)
    .innerJoin(workspaces, eq(workspaces.id, memberships.workspaceId))
    .innerJoin(customers, eq(customers.workspaceId, memberships.workspaceId))
    .where(
      and(
        eq(memberships.userId, userId),
        eq(memberships.role, 'owner'),
        isNull(customers.deletedAt),
        notExists(earlier),
      ),
    )
    .orderBy(asc(customers.id))
}

/** Whether something of this kind waits in the outbox for a target. */
export async function isWaiting(
  executor: Transaction | Database,
  kind: string,
  targetKey: string,
): Promise<boolean> {
  const waiting = and(
    eq(outbox.kind, kind),
    eq(outbox.targetKey, targetKey),
    isNull(outbox.deliveredAt),
  )
  return (await executor.$count(outbox, waiting)) > 0
}
