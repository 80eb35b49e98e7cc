import { and, asc, eq } from 'drizzle-orm'
import { type Database, db, type Transaction } from '@/db/client'
import { accounts, users } from '@/db/schema/auth'
import type { UserId } from '@/lib/ids'
import type { User } from './users'

export type Account = typeof accounts.$inferSelect
export type ProviderIdentity = Pick<Account, 'provider' | 'providerAccountId'>

/** The user with this GitHub or Google identity. */
export async function findUserByAccount(identity: ProviderIdentity): Promise<User | null> {
  const [row] = await db()
    .select({ user: users })
    .from(accounts)
    .innerJoin(users, eq(users.id, accounts.userId))
    .where(
      and(
        eq(accounts.provider, identity.provider),
        eq(accounts.providerAccountId, identity.providerAccountId),
      ),
    )
  return row?.user ?? null
}

/** The identities of a user, oldest first. */
export function listAccounts(userId: UserId, executor: Transaction | Database = db()) {
  return executor
    .select()
    .from(accounts)
    .where(eq(accounts.userId, userId))
    .orderBy(asc(accounts.createdAt), asc(accounts.provider))
}

/** Gives an identity its user. */
export async function insertAccount(
  tx: Transaction,
  account: ProviderIdentity & { userId: UserId },
): Promise<void> {
  await tx.insert(accounts).values(account)
}

/** Takes a user's identities at one provider away. */
export async function deleteAccounts(
  tx: Transaction,
  userId: UserId,
  provider: string,
): Promise<void> {
  await tx.delete(accounts).where(and(eq(accounts.userId, userId), eq(accounts.provider, provider)))
}
