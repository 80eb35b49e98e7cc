import { and, eq, inArray, isNull, ne, sql } from 'drizzle-orm'
import { db, type Transaction } from '@/db/client'
import { rowsOf } from '@/db/rows-of'
import { users } from '@/db/schema/auth'
import { customers } from '@/db/schema/billing'
import { customerClaims } from '@/db/schema/customer-claims'
import { workspaces } from '@/db/schema/workspaces'
import type { CustomerId, UserId, WorkspaceId } from '@/lib/ids'

/** Which of these customers our records have, whose they are, and which address each waits for. */
export function listRecorded(ids: readonly CustomerId[]) {
  return db()
    .select({
      id: customers.id,
      workspaceId: customers.workspaceId,
      deletedAt: customers.deletedAt,
      erasedAt: customers.erasedAt,
      email: customerClaims.email,
    })
    .from(customers)
    .leftJoin(customerClaims, eq(customerClaims.customerId, customers.id))
    .where(inArray(customers.id, [...ids]))
}

export type Recorded = Awaited<ReturnType<typeof listRecorded>>[number]

/** Which of these workspaces there are, and the living customer of each. */
export function listLinked(
  ids: readonly WorkspaceId[],
): Promise<{ workspaceId: WorkspaceId; customerId: CustomerId | null }[]> {
  return db()
    .select({ workspaceId: workspaces.id, customerId: customers.id })
    .from(workspaces)
    .leftJoin(customers, and(eq(customers.workspaceId, workspaces.id), isNull(customers.deletedAt)))
    .where(inArray(workspaces.id, [...ids]))
}

/** The users with these addresses, and whether each has proven it. */
export function listUsersByEmail(
  emails: readonly string[],
): Promise<{ userId: UserId; email: string; emailVerified: Date | null }[]> {
  return db()
    .select({ userId: users.id, email: users.email, emailVerified: users.emailVerified })
    .from(users)
    .where(inArray(users.email, [...emails]))
}

/** Which customers wait for these addresses. */
export function listClaims(emails: readonly string[]) {
  return db()
    .select()
    .from(customerClaims)
    .where(inArray(customerClaims.email, [...emails]))
}

/** A customer's row, made where there is none, and held until the transaction ends. */
export async function holdCustomer(tx: Transaction, id: CustomerId, livemode: boolean) {
  await tx.insert(customers).values({ id, livemode }).onConflictDoNothing()
  const [row] = await tx.select().from(customers).where(eq(customers.id, id)).for('update')
  return row ?? null
}

/** Gives a customer its workspace. Throws as a unique violation when that has another living one. */
export async function setWorkspace(
  tx: Transaction,
  id: CustomerId,
  workspaceId: WorkspaceId,
): Promise<void> {
  await tx.update(customers).set({ workspaceId, conflict: null }).where(eq(customers.id, id))
}

/**
 * Has a customer wait for an address, instead of the one before. False when it does already; throws as a unique
 * violation where another waits for it.
 */
export async function insertClaim(
  tx: Transaction,
  id: CustomerId,
  email: string,
): Promise<boolean> {
  const written = await tx
    .insert(customerClaims)
    .values({ customerId: id, email })
    .onConflictDoUpdate({
      target: customerClaims.customerId,
      set: { email },
      setWhere: ne(customerClaims.email, email),
    })
    .returning()
  return written.length === 1
}

/** Notes that the owner of its address has another customer. False when that is known. */
export async function contestClaim(
  tx: Transaction,
  id: CustomerId,
  keeps: CustomerId,
): Promise<boolean> {
  const written = await tx
    .update(customerClaims)
    .set({ keeps })
    .where(
      and(
        eq(customerClaims.customerId, id),
        sql`${customerClaims.keeps} is distinct from ${keeps}`,
      ),
    )
    .returning()
  return written.length === 1
}

/** A customer that was taken over, and waits although its owner has signed in: they have another one. */
export type Contested = { id: CustomerId; keeps: CustomerId; pays: boolean }

/** The oldest of them, but for those that are gone at Stripe, and those of which the other one is. */
export function listContested(limit: number): Promise<readonly Contested[]> {
  return rowsOf<Contested>(sql`
    select c.id, l.keeps, exists (select from subscriptions s where s.customer_id = c.id and s.ended_at is null) as pays
    from customer_claims l join customers c on c.id = l.customer_id join customers k on k.id = l.keeps
    where l.keeps is not null and c.workspace_id is null and c.deleted_at is null and k.deleted_at is null
    order by l.created_at limit ${limit}`)
}

/** The customer waits for no address any more. */
export async function deleteClaim(tx: Transaction, id: CustomerId): Promise<void> {
  await tx.delete(customerClaims).where(eq(customerClaims.customerId, id))
}

/** No customer waits for this address any more. */
export async function deleteClaimsFor(tx: Transaction, email: string): Promise<void> {
  await tx.delete(customerClaims).where(eq(customerClaims.email, email))
}
