import { eq } from 'drizzle-orm'
import { db, type Transaction } from '@/db/client'
import { users } from '@/db/schema/auth'
import type { UserId } from '@/lib/ids'

export type User = typeof users.$inferSelect
export type NewUser = Pick<
  typeof users.$inferInsert,
  'id' | 'email' | 'name' | 'emailVerified' | 'demo'
>

/** The user with this id. */
export async function findUser(id: UserId): Promise<User | null> {
  const [row] = await db().select().from(users).where(eq(users.id, id))
  return row ?? null
}

/** The user with this address, spelled as `normalizeEmail` spells it. */
export async function findUserByEmail(email: string): Promise<User | null> {
  const [row] = await db().select().from(users).where(eq(users.email, email))
  return row ?? null
}

/**
 * Makes a user without a workspace, which `lib/workspaces/open-personal.ts` brings. Null when the address has
 * one already, also one that another request makes now.
 */
export async function insertUser(tx: Transaction, user: NewUser): Promise<User | null> {
  const [row] = await tx.insert(users).values(user).onConflictDoNothing().returning()
  return row ?? null
}

/** Notes that the address was proven just now. */
export async function verifyEmail(tx: Transaction, id: UserId, at: Date): Promise<User | null> {
  const [row] = await tx
    .update(users)
    .set({ emailVerified: at })
    .where(eq(users.id, id))
    .returning()
  return row ?? null
}

/** The user, held until the transaction ends: what depends on all sign-in methods changes in turn. */
export async function lockUser(tx: Transaction, id: UserId): Promise<User | null> {
  const [row] = await tx.select().from(users).where(eq(users.id, id)).for('update')
  return row ?? null
}

/** Turns sign-in links to the user's address on or off. */
export async function setEmailSignIn(tx: Transaction, id: UserId, on: boolean): Promise<void> {
  await tx.update(users).set({ emailSignIn: on }).where(eq(users.id, id))
}
