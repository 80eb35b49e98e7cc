import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { db, inTransaction, type Transaction } from '@/db/client'
import type { Claim } from '@/db/queries/claim'
import { applySync, claimDue, claimTarget } from '@/db/queries/ledger'
import { outbox, syncTargets, webhookEvents } from '@/db/schema/events'
import { NO_CHANGE } from '@/lib/sync/no-change'
import { claimed, oneCustomer } from '@/lib/sync/one-customer.fixture'
import { CUSTOMER_RACES } from './customer-races'
import { INGEST_RACES } from './ingest-races'
import { type Race, several } from './race'
import { isThroughAtOnce, untilWaiting } from './waiting'

export const RACES: readonly Race[] = [
  {
    so: 'of several events at once one gets the lease, and each gets a number of its own',
    in: 'ingest_event',
    from: / FOR UPDATE;/,
    to: ';',
    async run() {
      const one = await oneCustomer()
      await claimTarget(one.customerId, { mark: true })
      await one.setTarget({ leaseUntil: null })
      return unlessEachHasItsNumber(one, await together(one.customerId, () => one.ingest()))
    },
  },
  {
    so: 'of several first events at once each is stored, with a number of its own, and one gets the lease',
    in: 'ingest_event',
    from: / ON CONFLICT \(key\) DO UPDATE SET key = excluded\.key/,
    to: '',
    async run() {
      const one = await oneCustomer()
      return unlessEachHasItsNumber(one, await atFirst(one.customerId, () => one.ingest()))
    },
  },
  {
    so: 'of several people at once one reads, and the others wait for that',
    in: 'claim_target',
    from: / FOR UPDATE;/,
    to: ';',
    async run() {
      const one = await oneCustomer()
      await claimTarget(one.customerId, { mark: true })
      await one.setTarget({ leaseUntil: null })
      const answers = await together(one.customerId, () => claimTarget(one.customerId))
      return several('leases', leases(answers), 1)
    },
  },
  {
    so: 'of several people at once about whom no event has come one reads, and none meets an error',
    in: 'claim_target',
    from: / ON CONFLICT \(key\) DO UPDATE SET key = excluded\.key/,
    to: '',
    async run() {
      const one = await oneCustomer()
      const hand = () => claimTarget(one.customerId, { mark: true })
      return several('leases', leases(await atFirst(one.customerId, hand)), 1)
    },
  },
  {
    so: 'a drain does not queue behind a row that is being worked on',
    in: 'claim_due',
    from: / SKIP LOCKED/,
    to: '',
    async run() {
      const one = await oneCustomer()
      await one.ingest()
      await one.setTarget({ leaseUntil: null, nextRunAt: new Date(0) })
      return inTransaction(async (tx) => {
        await tx.select().from(syncTargets).where(eq(syncTargets.key, one.customerId)).for('update')
        return (await isThroughAtOnce(claimDue(5))) ? null : 'The drain waits for a lock.'
      })
    },
  },
  {
    so: 'news shortens a backoff of hours to a minute',
    in: 'ingest_event',
    from: /next_run_at = least\(next_run_at, (greatest\(.*?\))\)\s/,
    to: 'next_run_at = next_run_at ',
    async run() {
      const one = await oneCustomer()
      await one.ingest()
      const inHours = new Date(Date.now() + 5 * 3_600_000)
      await one.setTarget({ leaseUntil: null, attempts: 11, nextRunAt: inHours })
      await one.ingest()
      const next = (await one.target())?.nextRunAt ?? inHours
      return next < inHours ? null : `The next try is at ${next.toISOString()}.`
    },
  },
  {
    so: 'a commit that comes a second time does not forget what a later one has seen',
    in: 'apply_sync',
    from: /synced_seq = greatest\(synced_seq, p_seq\)/,
    to: 'synced_seq = p_seq',
    async run() {
      const one = await oneCustomer()
      const claim = claimed((await one.ingest()).claim)
      await one.setTarget({ dirtySeq: 3, syncedSeq: 3 })
      await applySync(claim, NO_CHANGE, { keepLease: false, countAttempt: true })
      return several('synced changes', (await one.target())?.syncedSeq ?? 0, 3)
    },
  },
  {
    so: 'a claim carries no event that its number does not include',
    in: 'claim_of',
    from: / AND e\.seq <= p_seq/,
    to: '',
    async run() {
      const one = await oneCustomer()
      await one.ingest()
      await one.ingest()
      const [row] = await db().execute<{ events: number }>(
        sql`select jsonb_array_length(claim_of(${one.customerId}, 1, 1, 0, 0)->'events') as events`,
      )
      return several('events', row?.events ?? 0, 1)
    },
  },
  {
    so: 'an event that an operator gave up meanwhile stays given up',
    in: 'apply_sync',
    from: / AND state = 'pending'/,
    to: '',
    async run() {
      const one = await oneCustomer()
      const claim = claimed((await one.ingest()).claim)
      const mine = eq(webhookEvents.targetKey, one.customerId)
      await db().update(webhookEvents).set({ state: 'dead' }).where(mine)
      await applySync(claim, NO_CHANGE, { keepLease: false, countAttempt: true })
      const [row] = await db().select().from(webhookEvents).where(mine)
      return row?.state === 'dead' ? null : `The event is ${row?.state}.`
    },
  },
  {
    so: 'one cause sends one mail, however often it is reported',
    in: 'apply_sync',
    from: /(INSERT INTO outbox[^;]*?)ON CONFLICT \(key\) DO NOTHING;/,
    to: '$1;',
    async run() {
      const one = await oneCustomer()
      const mail = { key: `mail:${one.workspaceId}`, kind: 'receipt', payload: {} }
      for (let n = 0; n < 2; n += 1) {
        const { claim } = await claimTarget(one.customerId, { mark: true })
        const change = { ...NO_CHANGE, outbox: [mail] }
        await applySync(claimed(claim), change, { keepLease: false, countAttempt: true })
      }
      return several('mails', await db().$count(outbox, eq(outbox.key, mail.key)), 1)
    },
  },
  {
    so: 'an unknown customer can be marked',
    in: 'mark_targets',
    from: /INSERT INTO sync_targets[^;]*;/,
    to: '',
    async run() {
      const id = `cus_${randomUUID().replaceAll('-', '')}` as const
      const { claim } = await claimTarget(`ch_${id}`, { mark: true })
      await applySync(
        claimed(claim),
        { ...NO_CHANGE, marks: [id] },
        { keepLease: false, countAttempt: true },
      )
      return several('targets', await db().$count(syncTargets, eq(syncTargets.key, id)), 1)
    },
  },
  ...CUSTOMER_RACES,
  ...INGEST_RACES,
]

const HANDS = 6

// The target is inserted by one who has not committed when the others find no row, and wait to insert theirs.
function atFirst<T>(key: string, hand: () => Promise<T>): Promise<T[]> {
  return behind((tx) => tx.insert(syncTargets).values({ key }), hand)
}

async function unlessEachHasItsNumber(
  { customerId }: { customerId: string },
  answers: { claim: Claim | null }[],
): Promise<string | null> {
  const mine = eq(webhookEvents.targetKey, customerId)
  const rows = await db().select().from(webhookEvents).where(mine)
  const numbers = new Set(rows.map(({ seq }) => seq)).size
  return several('leases', leases(answers), 1) ?? several('numbers', numbers, HANDS)
}

// All of them stand at the target's lock before the first may pass.
function together<T>(key: string, hand: () => Promise<T>): Promise<T[]> {
  const target = eq(syncTargets.key, key)
  return behind((tx) => tx.select().from(syncTargets).where(target).for('update'), hand)
}

async function behind<T>(
  hold: (tx: Transaction) => PromiseLike<unknown>,
  hand: () => Promise<T>,
): Promise<T[]> {
  const { hands } = await inTransaction(async (tx) => {
    await hold(tx)
    const begun = Promise.all(Array.from({ length: HANDS }, () => hand()))
    // Without its guard one may fail while the commit is on its way; who awaits them hears of it.
    begun.catch(() => {})
    await untilWaiting(HANDS)
    return { hands: begun }
  })
  return hands
}

function leases(answers: { claim: Claim | null }[]): number {
  return answers.filter(({ claim }) => claim).length
}
