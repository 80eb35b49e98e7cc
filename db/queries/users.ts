import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { users } from '@/db/schema/auth'
import type { UserId } from '@/lib/ids'

export type User = typeof users.$inferSelect

/** The user with this address, spelled as `normalizeEmail` spells it. */
export async function findUserByEmail(email: string): Promise<User | null> {
  const [row] = await db().select().from(users).where(eq(users.email, email))
  return row ?? null
}

/** The demo user with this address, made when there is none. */
export async function ensureDemoUser(person: { name: string; email: string }): Promise<UserId> {
  await db()
    .insert(users)
    .values({ name: person.name, email: person.email, demo: true, emailVerified: new Date() })
    .onConflictDoNothing()
  const [row] = await db().select({ id: users.id }).from(users).where(eq(users.email, person.email))
  if (!row) throw new Error(`The demo user ${person.name} could not be made.`)
  return row.id
}
