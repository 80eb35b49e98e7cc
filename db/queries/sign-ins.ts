import { and, eq, gt, lt, sql } from 'drizzle-orm'
import { db, inTransaction, type Transaction } from '@/db/client'
import { millisecondsUntil, onDatabaseClock, onOurClock } from '@/db/clocks'
import { verificationTokens } from '@/db/schema/auth'

export type SignInToken = typeof verificationTokens.$inferSelect

// A server whose clock is wrong ends no session and no link.
const NOW = sql`clock_timestamp()`

/** Keeps a sign-in link's hash, and removes those that are over. */
export async function insertSignInToken(token: SignInToken): Promise<SignInToken> {
  await db().delete(verificationTokens).where(lt(verificationTokens.expires, NOW))
  await db()
    .insert(verificationTokens)
    .values({ ...token, expires: onDatabaseClock(token.expires) })
  return token
}

/**
 * Uses up a sign-in link: of two requests at once, one gets it. A link that works removes every other link
 * to the same address; an expired one removes no newer one.
 * @returns null when it was used before or never existed
 */
export function takeSignInToken(identifier: string, token: string): Promise<SignInToken | null> {
  return inTransaction(async (tx) => {
    const ofAddress = eq(verificationTokens.identifier, identifier)
    // All of the address and in one order, or two links pressed at once would wait for each other.
    const open = await tx
      .select({
        token: verificationTokens.token,
        left: millisecondsUntil(verificationTokens.expires),
      })
      .from(verificationTokens)
      .where(ofAddress)
      .orderBy(verificationTokens.token)
      .for('update')
    const used = open.find((row) => row.token === token)
    if (!used) return null
    const others = used.left > 0 ? undefined : eq(verificationTokens.token, token)
    await tx.delete(verificationTokens).where(and(ofAddress, others))
    // next-auth looks once more whether it is over, by the clock of this process.
    return { identifier, token, expires: onOurClock(used.left) }
  })
}

/** Whether an address has an unused link that works for at least so many more seconds. */
export async function hasOpenSignInToken(identifier: string, seconds: number): Promise<boolean> {
  const works = gt(
    verificationTokens.expires,
    sql`clock_timestamp() + make_interval(secs => ${seconds})`,
  )
  const found = await db()
    .select({ identifier: verificationTokens.identifier })
    .from(verificationTokens)
    .where(and(eq(verificationTokens.identifier, identifier), works))
    .limit(1)
  return found.length > 0
}

/** Takes every unused link of an address away. */
export async function deleteSignInTokens(tx: Transaction, identifier: string): Promise<void> {
  await tx.delete(verificationTokens).where(eq(verificationTokens.identifier, identifier))
}
