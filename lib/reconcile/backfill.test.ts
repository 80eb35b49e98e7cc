import { describe, expect, it } from 'vitest'
import { handledEvents } from '@/lib/events/handlers'
import { NOW } from '@/lib/sync/rows.fixture'
import { archive, remembered } from './archive.fixture'
import { backfillEvents } from './backfill'
import { FULL } from './slices'

const never = () => false
const HOUR = 3600
const many = (count: number, secondsAgo: (n: number) => number) =>
  Array.from({ length: count }, (_, n) => remembered(n, secondsAgo(n)))

describe('what no webhook brought', () => {
  // breakage: a webhook never arrives | within the hour it is fetched, and the customer sees what was paid
  it('is stored as if it had been delivered, and counted as recovered', async () => {
    const { ports, inbox } = archive([remembered(1, HOUR), remembered(2, 2 * HOUR)])
    expect(await backfillEvents(ports, never)).toEqual({
      known: 0,
      ignored: 0,
      early: 0,
      recovered: 2,
      readTo: NOW,
      complete: true,
      lost: false,
    })
    expect(inbox.get('evt_1')).toMatchObject({ targetKey: 'cus_ada', reason: null, attempt: 1 })
  })

  it('is not recorded again when a webhook did bring it', async () => {
    const { ports } = archive([remembered(1, HOUR)])
    await backfillEvents(ports, never)
    // Ingesting would lock its customer, which another process may be reading.
    ports.inbox.ingestEvent = () => Promise.reject(new Error('a known event is left alone'))
    expect(await backfillEvents(ports, never)).toMatchObject({ known: 1, recovered: 0 })
  })

  it('may still be on its way: it is stored, and called early and not recovered', async () => {
    const { ports, inbox } = archive([remembered(1, 20)])
    expect(await backfillEvents(ports, never)).toMatchObject({ early: 1, recovered: 0 })
    expect(inbox.has('evt_1')).toBe(true)
  })

  it('is judged as a delivery is: what is not for us is stored with the reason', async () => {
    const { ports, inbox } = archive([
      remembered(1, HOUR, { metadataApp: 'othershop' }),
      remembered(2, HOUR, { livemode: true }),
      remembered(3, HOUR, { customerId: null }),
    ])
    expect(await backfillEvents(ports, never)).toMatchObject({ ignored: 3, recovered: 0 })
    expect([...inbox.values()].map(({ reason, targetKey }) => [reason, targetKey])).toEqual(
      expect.arrayContaining([
        ['foreign_app', null],
        ['other_livemode', null],
        ['no_customer', null],
      ]),
    )
  })

  it('leaves no lease without a process', async () => {
    const { ports, leases } = archive([
      remembered(1, HOUR),
      remembered(2, HOUR),
      remembered(3, HOUR, { customerId: 'cus_bob' }),
    ])
    await backfillEvents(ports, never)
    expect([...leases]).toEqual([])
  })

  it('is asked for by every type that we handle, twenty at most at a time', async () => {
    const { ports, calls } = archive([])
    await backfillEvents(ports, never)
    expect(new Set(calls.flatMap(({ types }) => types))).toEqual(new Set(handledEvents))
    expect(Math.max(...calls.map(({ types }) => types.length))).toBeLessThanOrEqual(20)
  })
})

describe('more than one list holds', () => {
  it('is read in slices that are narrow where it is busy', async () => {
    // 12,000 within two hours, in a month that is quiet otherwise.
    const { ports, inbox, calls } = archive(many(12_000, (n) => 9 * 86_400 + Math.floor(n * 0.6)))
    expect(await backfillEvents(ports, never)).toMatchObject({ recovered: 12_000, complete: true })
    expect(inbox.size).toBe(12_000)
    // Three lists of types a slice.
    expect(calls.length).toBeLessThan(300)
  })

  it('within one second is read whole', async () => {
    const { ports, inbox } = archive(many(3 * FULL, () => HOUR))
    await backfillEvents(ports, never)
    expect(inbox.size).toBe(3 * FULL)
  })

  it('and more than can be listed within one second stops the run, and leaves nothing out', async () => {
    const { ports, saved } = archive(many(10_001, () => HOUR))
    await expect(backfillEvents(ports, never)).rejects.toThrow('Too many events')
    expect(saved.at(-1)?.readTo?.getTime()).toBeLessThan(NOW.getTime() - HOUR * 1000)
  })
})

describe('a run that does not come to its end', () => {
  const busy = () => archive(many(3_000, (n) => n * 200))

  // breakage: the job is killed between two slices | the next run goes on there, and nothing is recorded twice
  it('goes on where it was, in as many runs as it takes', async () => {
    const { ports, inbox } = busy()
    let runs = 0
    let stored = -1
    for (let complete = false; !complete; runs += 1) {
      let allowed = 300
      complete = (await backfillEvents(ports, () => --allowed < 0)).complete
      expect(inbox.size).toBeGreaterThan(stored)
      stored = inbox.size
    }
    expect(inbox.size).toBe(3_000)
    expect(runs).toBeGreaterThan(5)
  })

  it('has moved its place only past what is stored', async () => {
    const { ports, inbox, saved } = busy()
    const { ingestEvent } = ports.inbox
    let left = 1_000
    ports.inbox.ingestEvent = (event) => {
      left -= 1
      return left < 0 ? Promise.reject(new Error('Postgres is gone')) : ingestEvent(event)
    }
    await expect(backfillEvents(ports, never)).rejects.toThrow('Postgres is gone')
    const place = saved.at(-1)?.readTo ?? new Date(0)
    const before = many(3_000, (n) => n * 200).filter(({ created }) => created <= place)
    expect(before.length).toBeGreaterThan(0)
    expect(before.filter(({ id }) => !inbox.has(id))).toEqual([])

    left = Number.POSITIVE_INFINITY
    await backfillEvents(ports, never)
    expect(inbox.size).toBe(3_000)
  })

  it('reads the last hour again, because an event may show up late', async () => {
    const late = remembered(1, 30 * 60)
    const events = [remembered(2, HOUR)]
    const { ports, inbox, later } = archive(events)
    await backfillEvents(ports, never)
    events.push(late)
    later(HOUR * 1000 - 60_000)
    await backfillEvents(ports, never)
    expect(inbox.has('evt_1')).toBe(true)
  })
})
