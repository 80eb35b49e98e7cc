import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { db, inTransaction, type Transaction } from '@/db/client'
import { applySync, claimDue } from '@/db/queries/ledger'
import { gatherUses } from '@/db/queries/meter-events'
import { claimEntries, insertEntry, listDueKinds, markDelivered } from '@/db/queries/outbox'
import { listGrantedState, listLocalState, listStored } from '@/db/queries/reconcile'
import { rowsOf } from '@/db/rows-of'
import { verifyAudit } from '@/lib/audit/verify'
import { FREE } from '@/lib/catalog/plans'
import { NOTIFICATION } from '@/lib/events/notifications'
import type { CustomerId, EventId } from '@/lib/ids'
import { GRANTED_SLICE } from '@/lib/reconcile/scan-drift'
import { NO_CHANGE } from '@/lib/sync/no-change'
import type { Operation } from './operation'
import { type Person, personAt, rest } from './person'

// As many as a drain takes at once, and as a page of Stripe's has.
const TAKEN = 5
const PAGE = 100

/** What jobs do, a slice or a batch at a time. */
export const JOBS = {
  drain_inbox: {
    words: 'the drain claims five customers and applies',
    path: 'job',
    async ready({ n }, workspaces) {
      for (let i = 0; i < TAKEN; i += 1) {
        const one = personAt(n + i, workspaces)
        await rest(one)
        await rowsOf(sql`update sync_targets set dirty_seq = dirty_seq + 1, next_run_at = '2000-01-01'
          where key = ${one.customerId}`)
      }
      return async () => {
        const claims = await claimDue(TAKEN)
        for (const claim of claims)
          await applySync(claim, NO_CHANGE, { keepLease: false, countAttempt: true })
        expectCount('claims', claims.length, TAKEN)
      }
    },
  },
  drain_outbox: {
    words: 'the drain takes five entries of the outbox',
    path: 'job',
    async ready(person) {
      for (let i = 0; i < TAKEN; i += 1) await addEntry(person)
      return async () => {
        const [due] = await listDueKinds([NOTIFICATION])
        await gatherUses(1000)
        const entries = due ? await claimEntries(due, TAKEN) : []
        for (const { key } of entries) await markDelivered(db(), key)
        expectCount('entries', entries.length, TAKEN)
      }
    },
  },
  backfill: {
    words: 'the backfill asks which of a hundred events are stored',
    path: 'job',
    ready: async ({ n }) => {
      const ids = Array.from({ length: PAGE }, (_, i): EventId => `evt_crowd${n}x${i}`)
      return () => listStored(ids)
    },
  },
  reconcile_page: {
    words: 'the drift scan reads the records of a page of Stripe’s',
    path: 'job',
    async ready({ n }, workspaces) {
      const first = Math.min(n, workspaces - PAGE)
      const ids = Array.from({ length: PAGE }, (_, i): CustomerId => `cus_crowd${first + i}`)
      const [span] = await rowsOf<{
        from: string
        to: string
      }>(sql`select min(stripe_created_at) as from,
        max(stripe_created_at) as to from subscriptions where customer_id = any(${sql.param(ids)}::text[])`)
      const at = { from: new Date(span?.from ?? 0), to: new Date(span?.to ?? 0) }
      return () => listLocalState(ids, at)
    },
  },
  reconcile_granted: {
    words: 'the drift scan looks for plans without a subscription, a slice',
    path: 'job',
    async ready(_, workspaces) {
      // Of so few that a slice is an eighth of them, Postgres does well to read all.
      const limit = workspaces < 10_000 ? 10 : GRANTED_SLICE
      return () => listGrantedState(FREE.tier, { after: null, limit })
    },
  },
  audit_day: {
    words: 'a chain of the trail is verified, and the root of its day',
    path: 'job',
    async ready(person, workspaces) {
      // Of the third part of the smaller size: a day on which in both the same number of chains was written.
      const scope = `cus_crowd${Math.floor(Math.min(workspaces, SMALL_N) / 3) + (person.n % 50)}`
      return async () => {
        const { rows, faults } = await verifyAudit({ scope })
        expectCount('rows', rows, 3)
        expectCount('faults', faults.filter(({ of }) => of !== 'day').length, 0)
      }
    },
  },
} satisfies Record<string, Operation>

// Rows of the crowd by number are in both sizes at the same time.
const SMALL_N = 10_000

async function addEntry({ customerId }: Person): Promise<void> {
  const payload = { kind: 'customer.miss', objectId: customerId, customerId }
  const entryKey = `notification:${randomUUID()}`
  await insertEntry(db(), { entryKey, kind: NOTIFICATION, targetKey: customerId, payload })
}

function expectCount(what: string, seen: number, wanted: number): void {
  if (seen !== wanted) throw new Error(`${seen} ${what} instead of ${wanted}.`)
}

/** Does it in a transaction that is taken back, so that the next turn finds the same. */
export async function takenBack(work: (tx: Transaction) => Promise<unknown>): Promise<void> {
  await inTransaction(async (tx) => {
    await work(tx)
    throw new TakenBack()
  }).catch((error: unknown) => {
    if (!(error instanceof TakenBack)) throw error
  })
}

class TakenBack extends Error {}
