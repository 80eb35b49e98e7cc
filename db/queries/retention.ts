import { and, eq, lt, ne, type SQL, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { db, type Transaction } from '@/db/client'
import { apiKeys } from '@/db/schema/api-keys'
import { sessions, signInNetworks, verificationTokens } from '@/db/schema/auth'
import { outbox } from '@/db/schema/events'

/** Empties payloads that are no longer needed, up to so many; returns how many. */
export async function prunePayloads(tx: Transaction, limit: number): Promise<number> {
  const [row] = await tx.execute<{ n: number }>(sql`select prune_payloads(${limit}) as n`)
  return row?.n ?? 0
}

/** Empties what has come since about customers whose user was erased. */
export async function pruneErased(tx: Transaction): Promise<number> {
  const [row] = await tx.execute<{ n: number }>(sql`
    select erase_payloads(array(select id from customers where erased_at is not null)) as n`)
  return row?.n ?? 0
}

/** Removes uses whose retries cannot come any more, up to so many; answers how many. */
export async function pruneUsage(tx: Transaction, limit: number): Promise<number> {
  const [row] = await tx.execute<{ n: number }>(sql`select prune_usage(${limit}) as n`)
  return row?.n ?? 0
}

/**
 * Removes emails that were sent, and uses that Stripe's meters got, ninety days ago, up to so many;
 * returns how many.
 */
export async function pruneMessages(tx: Transaction, limit: number): Promise<number> {
  const [row] = await tx.execute<{ n: number }>(sql`select prune_messages(${limit}) as n`)
  return row?.n ?? 0
}

/** Removes checkouts that were left unpaid ninety days ago, up to so many; returns how many. */
export async function pruneIntents(tx: Transaction, limit: number): Promise<number> {
  const [row] = await tx.execute<{ n: number }>(sql`select prune_intents(${limit}) as n`)
  return row?.n ?? 0
}

/** What is left of an email whose content must not be kept any longer. */
const EMPTIED = { to: '', subject: '', text: '(removed)', html: '', link: null, expiresAt: null }

/** Empties emails that were sent so many days ago, up to so many of them. */
export async function pruneMails(tx: Transaction, days: number, limit: number): Promise<number> {
  const old = tx
    .select({ key: outbox.key })
    .from(outbox)
    .where(
      and(
        eq(outbox.kind, 'mail'),
        ne(sql`${outbox.payload} ->> 'to'`, ''),
        lt(outbox.deliveredAt, sql`(select clock_timestamp()) - make_interval(days => ${days})`),
      ),
    )
    .limit(limit)
    .for('update', { skipLocked: true })
  const emptied = await tx
    .update(outbox)
    .set({ payload: EMPTIED })
    .where(sql`${outbox.key} = any(array(${old}))`)
    .returning({ key: outbox.key })
  return emptied.length
}

/**
 * Removes what ended by itself and only takes room (sessions, sign-in links, API keys), up to so many of each;
 * returns how many. They opened nothing any more, so the trail gets no row.
 */
export async function deleteExpired(limit: number): Promise<number> {
  let done = 0
  for (const [table, expires, keptDays = 0] of EXPIRING) {
    // What is compared is what an index has, so the days are taken from the clock. In its order, because Postgres
    // takes a third of the rows to be over, and would read the table until it has found as many.
    const over = sql`select ctid from ${table}
      where ${expires} < (select clock_timestamp()) - make_interval(days => ${keptDays})
      order by ${expires} limit ${limit}`
    const gone = await db().execute(sql`delete from ${table} where ctid = any(array(${over}))`)
    done += gone.count
  }
  return done
}

const EXPIRING: readonly (readonly [PgTable, PgColumn | SQL, keptDays?: number])[] = [
  [sessions, sessions.expires],
  [verificationTokens, verificationTokens.expires],
  [signInNetworks, signInNetworks.expires],
  // For so long the workspace's members still see that it ended, and when it was used last.
  [apiKeys, sql`least(${apiKeys.expiresAt}, ${apiKeys.revokedAt})`, 90],
]
