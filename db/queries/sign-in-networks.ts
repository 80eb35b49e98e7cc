import { and, eq, gt, lt, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { signInNetworks } from '@/db/schema/auth'
import type { UserId } from '@/lib/ids'

/** Whether a user signed in from this network, and not too long ago. */
export async function hasSignInNetwork(userId: UserId, networkHash: string): Promise<boolean> {
  const found = await db()
    .select({ userId: signInNetworks.userId })
    .from(signInNetworks)
    .where(
      and(
        eq(signInNetworks.userId, userId),
        eq(signInNetworks.networkHash, networkHash),
        gt(signInNetworks.expires, sql`clock_timestamp()`),
      ),
    )
  return found.length > 0
}

/** Keeps a network of a user for so many days from now, and removes those that are over. */
export async function upsertSignInNetwork(
  userId: UserId,
  networkHash: string,
  days: number,
): Promise<void> {
  const expires = sql`clock_timestamp() + make_interval(days => ${days})`
  await db()
    .delete(signInNetworks)
    .where(lt(signInNetworks.expires, sql`(select clock_timestamp())`))
  await db()
    .insert(signInNetworks)
    .values({ userId, networkHash, expires })
    .onConflictDoUpdate({
      target: [signInNetworks.userId, signInNetworks.networkHash],
      set: { expires },
    })
}
