import { db, inTransaction } from '@/db/client'
import { insertCustomer } from '@/db/queries/customers'
import { applySync, claimDue, claimTarget, failTarget, ingestEvent } from '@/db/queries/ledger'
import { users } from '@/db/schema/auth'
import { checkoutIntents } from '@/db/schema/billing'
import { difference } from '@/scripts/sim/check/same'
import { tell, userOf } from '@/scripts/sim/history'
import type { Call } from '@/scripts/sim/recorded-ledger'
import { keptInMemory, keptInPostgres } from './kept'
import { setVirtualTime } from './virtual-time'

/**
 * Tells a seed's history in memory, then asks Postgres the same at the same instants: every answer
 * and the rows that are left must be equal. The database lives in virtual time and is nobody else's.
 * @returns the first difference, in a sentence; null when there is none
 */
export async function replay(seed: number): Promise<string | null> {
  const calls: Call[] = []
  const { tables } = await tell(seed, { heard: (call) => calls.push(call) })
  const userId = userOf(seed)
  await setVirtualTime(calls[0]?.at ?? 0, 0)
  await db()
    .insert(users)
    .values({ id: userId, email: `${userId}@example.test` })
  for (const [n, call] of calls.entries()) {
    await setVirtualTime(call.at, call.jitter)
    const answer = await ask(call)
    const differs = difference(call.answer, answer)
    if (differs) return `At step ${n}, ${call.op}, in memory and in Postgres: ${differs}`
  }
  const kept = await keptInPostgres(userId, [...tables.targets.keys(), ...tables.customers.keys()])
  const differs = difference(keptInMemory(tables), kept)
  return differs && `In the end, in memory and in Postgres: ${differs}`
}

async function ask(call: Call): Promise<unknown> {
  switch (call.op) {
    case 'ingestEvent':
      return ingestEvent(...call.given)
    case 'claimTarget':
      return claimTarget(...call.given)
    case 'claimDue':
      return claimDue(...call.given)
    case 'applySync':
      return applySync(...call.given)
    case 'failTarget':
      return failTarget(...call.given)
    case 'insertCustomer':
      return inTransaction((tx) => insertCustomer(tx, ...call.given))
    case 'openIntent': {
      const [sessionId, userId] = call.given
      await db()
        .insert(checkoutIntents)
        .values({ sessionId, userId, tier: 'pro', interval: 'month' })
      return
    }
  }
}
