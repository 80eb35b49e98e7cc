import { db, inTransaction } from '@/db/client'
import { insertCustomer } from '@/db/queries/customers'
import { applySync, claimDue, claimTarget, failTarget, ingestEvent } from '@/db/queries/ledger'
import { claimEntries, insertEntry, markDelivered, markEntryFailed } from '@/db/queries/outbox'
import { releaseTarget } from '@/db/queries/reconcile'
import { listSubscribers, type Subscriber } from '@/db/queries/subscribers'
import { checkoutIntents } from '@/db/schema/checkout'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { recordDrift } from '@/lib/reconcile/record-drift'
import { someone } from '@/lib/workspaces/someone.fixture'
import { difference } from '@/tests/simulation/check/same'
import { playHistory, userOf, workspaceOf } from '@/tests/simulation/history'
import type { MemoryTables } from '@/tests/simulation/memory-tables'
import type { Call } from '@/tests/simulation/recorded-ledger'
import type { Options } from '@/tests/simulation/world'
import { entryInMemory, entryRow, keptInMemory, keptInPostgres } from './kept'
import { setVirtualTime } from './virtual-time'

/**
 * Plays a seed's history in memory, then asks Postgres the same at the same instants: every answer
 * and the rows that are left must be equal. The database lives in virtual time and is used by nothing else.
 * @returns the first difference, in a sentence, or null when there is none; and the history's faults
 */
export async function replay(seed: number, options: Pick<Options, 'week'> = {}) {
  const calls: Call[] = []
  const heard = (call: Call) => {
    calls.push(call)
  }
  const { tables, tally } = await playHistory(seed, { ...options, heard })
  return { differs: await differing(seed, calls, tables), tally }
}

async function differing(seed: number, calls: Call[], tables: MemoryTables) {
  const [id, workspaceId] = [userOf(seed), workspaceOf(seed)]
  await setVirtualTime(calls[0]?.at ?? 0, 0)
  await someone({ id })
  for (const [n, call] of calls.entries()) {
    await setVirtualTime(call.at, call.jitter)
    const answer = await ask(call)
    const differs = difference(expected(call), answer)
    if (differs) return `At step ${n}, ${call.op}, in memory and in Postgres: ${differs}`
  }
  const kept = await keptInPostgres(seed, workspaceId, [
    ...tables.targets.keys(),
    ...tables.customers.keys(),
  ])
  const differs = difference(keptInMemory(tables), kept)
  return differs && `In the end, in memory and in Postgres: ${differs}`
}

// Neither says in which order equal ones come.
function expected(call: Call): unknown {
  if (call.op === 'claimEntries') return byKey(call.answer.map(entryInMemory))
  if (call.op === 'claimDue') return byKey(call.answer)
  return call.op === 'listSubscribers' ? byCustomer(call.answer) : call.answer
}

function byKey<T extends { key: string }>(rows: T[]): T[] {
  return rows.toSorted((a, b) => (a.key < b.key ? -1 : 1))
}

function byCustomer(rows: Subscriber[]): Subscriber[] {
  const name = ({ customerId, priceId, tier }: Subscriber) => `${customerId} ${priceId} ${tier}`
  return rows.toSorted((a, b) => (name(a) < name(b) ? -1 : 1))
}

async function ask(call: Call): Promise<unknown> {
  switch (call.op) {
    case 'ingestEvent':
      return ingestEvent(...call.given)
    case 'claimTarget':
      return claimTarget(...call.given)
    case 'claimDue':
      return byKey(await claimDue(...call.given))
    case 'applySync':
      return applySync(...call.given)
    case 'failTarget':
      return failTarget(...call.given)
    case 'markTargets':
      throw new Error('Only a history without its guard marks by itself.')
    case 'listSubscribers':
      return byCustomer(await listSubscribers(...call.given))
    case 'releaseTarget':
      return releaseTarget(...call.given)
    case 'recordDrift':
      return recordDrift(...call.given)
    case 'claimEntries': {
      const rows = await claimEntries(...call.given)
      return byKey(rows.map(entryRow))
    }
    case 'writeEmails': {
      const [key, emails] = call.given
      return inTransaction(async (tx) => {
        for (const { key: entryKey, ...email } of emails) {
          await insertEntry(tx, { ...email, entryKey, targetKey: null })
        }
        await markDelivered(tx, key)
      })
    }
    case 'failEntry':
      return markEntryFailed(...call.given)
    case 'insertCustomer':
      return inTransaction((tx) => insertCustomer(tx, ...call.given))
    case 'openIntent': {
      const [sessionId, workspaceId] = call.given
      await db()
        .insert(checkoutIntents)
        .values({ sessionId, workspaceId, tier: SMALL, interval: 'month' })
      return
    }
  }
}
