import { and, eq, isNull, or, type SQL, sql } from 'drizzle-orm'
import { db, type Transaction } from '@/db/client'
import { deleteClaimsFor } from '@/db/queries/customer-claims'
import { deletePerson } from '@/db/queries/trials'
import { users, verificationTokens } from '@/db/schema/auth'
import { customers } from '@/db/schema/billing'
import { outbox, syncTargets } from '@/db/schema/events'
import { workspaces } from '@/db/schema/workspaces'
import type { CustomerId, UserId, WorkspaceId } from '@/lib/ids'

/** The person to erase: a user, or an address that only ever asked for a link. */
export type Subject = { userId: UserId | null; email: string | null }

/** The user with this id or this address; null where there is none. */
export async function findSubject(by: { userId: UserId } | { email: string }) {
  const which = 'userId' in by ? eq(users.id, by.userId) : eq(users.email, by.email)
  const [row] = await db().select({ userId: users.id, email: users.email }).from(users).where(which)
  return row ?? null
}

/** Every customer that a workspace has or had, and those that only name it. */
export function listCustomersOf(workspaceId: WorkspaceId) {
  return db().select().from(customers).where(ofWorkspace(workspaceId))
}

function ofWorkspace(workspaceId: WorkspaceId) {
  const named = and(isNull(customers.workspaceId), eq(customers.claimedWorkspaceId, workspaceId))
  return or(eq(customers.workspaceId, workspaceId), named)
}

/** Marks these customers: a read under way is repeated without their workspace. First in its transaction. */
export async function markCustomers(tx: Transaction, ids: readonly CustomerId[]): Promise<void> {
  await tx.execute(sql`select mark_targets(${sql.param([...ids])}::text[])`)
  for (const id of ids)
    await tx.update(syncTargets).set({ lastError: null }).where(eq(syncTargets.key, id))
}

/**
 * Removes a user and all that belongs to them alone: ways to sign in, sessions, memberships and, with their
 * own workspace, access, intentions, usage. Its customers stay without a workspace, and never get one again.
 */
export async function deleteUser(
  tx: Transaction,
  userId: UserId,
  personal: WorkspaceId,
): Promise<void> {
  const erasedAt = sql`clock_timestamp()`
  await tx
    .update(customers)
    .set({ erasedAt, claimedWorkspaceId: null, conflict: null })
    .where(ofWorkspace(personal))
  await deletePerson(tx, userId)
  await tx.delete(workspaces).where(eq(workspaces.id, personal))
  await tx.delete(users).where(eq(users.id, userId))
}

/** Empties what Stripe said about customers that are marked as erased; answers how many payloads. */
export async function erasePayloads(tx: Transaction, ids: readonly CustomerId[]): Promise<number> {
  const [row] = await tx.execute<{ n: number }>(
    sql`select erase_payloads(${sql.param([...ids])}::text[]) as n`,
  )
  return row?.n ?? 0
}

/** Removes the sign-in links that were sent to an address, and what waits for it. */
export async function deleteLinks(tx: Transaction, email: string): Promise<number> {
  await deleteClaimsFor(tx, email)
  const gone = await tx
    .delete(verificationTokens)
    .where(eq(verificationTokens.identifier, email))
    .returning({ identifier: verificationTokens.identifier })
  return gone.length
}

const EMPTIED = { to: '', subject: '', text: '(removed)', html: '', link: null, expiresAt: null }

/**
 * Empties every email to an address, and every one that a notification about these customers made, to
 * whatever address they had then. One that was not sent yet never is. Emails to operators stay.
 */
export async function eraseMails(
  tx: Transaction,
  email: string | null,
  { ids, operators }: { ids: readonly CustomerId[]; operators: readonly string[] },
): Promise<number> {
  const theirs = ids.map((id) => mailsAbout(id, operators))
  const to = email === null ? undefined : sql`lower(${outbox.payload} ->> 'to') = ${email}`
  const emptied = await tx
    .update(outbox)
    .set({
      payload: EMPTIED,
      lastError: null,
      deliveredAt: sql`coalesce(${outbox.deliveredAt}, clock_timestamp())`,
    })
    .where(and(eq(outbox.kind, 'mail'), or(to, ...theirs)))
    .returning({ key: outbox.key })
  return emptied.length
}

// An email's key is its notification's, with a prefix and the recipient.
function mailsAbout(id: CustomerId, operators: readonly string[]): SQL {
  return sql`${outbox.payload} ->> 'to' <> all(${sql.param([...operators])}::text[]) and exists (select from outbox n where n.kind = 'notification' and n.payload ->> 'customerId' = ${id}
    and starts_with(${outbox.key}, 'mail:' || n.key || ':'))`
}

/** Closes the entries that would copy details of these customers to Stripe, or from it. */
export async function closeDetails(tx: Transaction, ids: readonly CustomerId[]): Promise<void> {
  for (const id of ids) {
    await tx
      .update(outbox)
      .set({ deliveredAt: sql`clock_timestamp()`, lastError: null })
      .where(
        and(
          eq(outbox.targetKey, id),
          sql`${outbox.kind} like 'details.%'`,
          isNull(outbox.deliveredAt),
        ),
      )
  }
}
