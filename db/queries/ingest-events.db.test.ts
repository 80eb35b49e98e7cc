import { eq, inArray } from 'drizzle-orm'
import { afterAll, describe, expect, it } from 'vitest'
import { db, disconnect, inTransaction } from '@/db/client'
import { syncTargets, webhookEvents } from '@/db/schema/events'
import { anEvent, oneCustomer } from '@/lib/sync/one-customer.fixture'
import { mutate } from '@/tests/simulation/postgres/mutate'
import { ingestEvents } from './ingest-events'
import { ingestEvent, type NewEvent } from './ledger'

afterAll(disconnect)

async function stored(events: readonly NewEvent[]) {
  const ids = events.map(({ id }) => id)
  const rows = await db().select().from(webhookEvents).where(inArray(webhookEvents.id, ids))
  return ids.map((id) => rows.find((row) => row.id === id))
}

describe('several events in one statement', () => {
  it('are stored, each with its own answer, in the order in which they were given', async () => {
    const [ada, grace] = [await marked(), await marked()]
    const known = { ...anEvent(), targetKey: grace.customerId }
    await ingestEvent(known)
    const foreign = { ...anEvent(), reason: 'foreign_app' }
    const hers = { ...anEvent(), targetKey: ada.customerId }
    const answers = await ingestEvents([known, hers, foreign, hers])
    expect(answers).toMatchObject([
      { outcome: 'duplicate', state: 'pending', claim: null },
      { outcome: 'new', state: 'pending', claim: { key: ada.customerId, seq: 2 } },
      { outcome: 'new', state: 'ignored', claim: null },
      { outcome: 'duplicate', state: 'pending', claim: null },
    ])
    expect(await stored([hers, foreign])).toMatchObject([
      { targetKey: ada.customerId, seq: 2, state: 'pending' },
      { targetKey: null, state: 'ignored', reason: 'foreign_app' },
    ])
  })

  it('of one customer get numbers in the order in which they came, and the first gets the lease', async () => {
    const { customerId, target } = await marked()
    const events = Array.from({ length: 3 }, () => ({ ...anEvent(), targetKey: customerId }))
    const answers = await ingestEvents(events)
    expect(answers.map((answer) => answer?.claim?.seq)).toEqual([2, undefined, undefined])
    expect((await stored(events)).map((row) => row?.seq)).toEqual([2, 3, 4])
    expect(await target()).toMatchObject({ dirtySeq: 4 })
  })
})

describe('one whose customer another transaction has', () => {
  it('is left out at once, and the others are stored', async () => {
    const [held, free] = [await marked(), await marked()]
    const events = [held, free].map(({ customerId: targetKey }) => ({ ...anEvent(), targetKey }))
    await inTransaction(async (tx) => {
      const mine = eq(syncTargets.key, held.customerId)
      await tx.select().from(syncTargets).where(mine).for('update')
      expect(await ingestEvents(events)).toMatchObject([null, { outcome: 'new' }])
    })
    expect(await stored(events)).toMatchObject([undefined, { state: 'pending' }])
    expect(await held.target()).toMatchObject({ dirtySeq: 1 })
  })

  it('is left out with the others where that makes the customer’s target: none of them is stored', async () => {
    const [held, free] = [await oneCustomer(), await marked()]
    const events = [held, free].map(({ customerId: targetKey }) => ({ ...anEvent(), targetKey }))
    await inTransaction(async (tx) => {
      await tx.insert(syncTargets).values({ key: held.customerId })
      expect(await ingestEvents(events)).toEqual([null, null])
    })
    expect(await stored(events)).toEqual([undefined, undefined])
  })
})

it('of a statement that Postgres refuses because of one event, none is stored', async () => {
  const [bad, good] = [{ ...anEvent(), apiVersion: '\0' }, anEvent()]
  expect(await ingestEvents([good, bad])).toEqual([null, null])
  expect(await stored([good])).toEqual([undefined])
})

it('two statements that bring the same events in opposite orders do not wait for each other', async () => {
  // On a busy machine one takes longer than the other's patience, which is no fault. With more of it only two that wait
  // for each other are ended, by Postgres.
  const putBack = await mutate({ so: '', in: 'ingest_event', from: /'50ms'/, to: "'30s'" })
  try {
    for (let round = 0; round < 20; round += 1) {
      const events = Array.from({ length: 40 }, (_, n) => {
        const event = anEvent()
        return n % 2
          ? { ...event, reason: 'foreign_app' }
          : { ...event, targetKey: `prod_${event.id}` }
      })
      const twice = await Promise.all([ingestEvents(events), ingestEvents(events.toReversed())])
      // Those without a target are left out only with all the others of their statement.
      const foreign = twice.flat().filter((answer) => answer?.state === 'ignored')
      expect(foreign).toHaveLength(events.length)
    }
  } finally {
    await putBack()
  }
})

/** A customer who has had an event, and no process with their lease. */
async function marked() {
  const one = await oneCustomer()
  await one.ingest()
  await one.setTarget({ leaseUntil: null })
  return one
}
