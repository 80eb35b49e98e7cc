import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { POST } from '@/app/api/webhooks/stripe/route'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { backlogPorts } from '@/lib/jobs/backlog-ports'
import { answersFirst } from '@/lib/sync/answers-first'
import { roundTrips } from '@/tests/harness/faults/round-trips'
import { attempt, behindWire, paidEvent } from './behind-wire.fixture'

const later = vi.hoisted((): (() => Promise<void>)[] => [])
vi.mock('next/server', () => ({ after: (work: () => Promise<void>) => later.push(work) }))

let world: Awaited<ReturnType<typeof behindWire>>
let ada: Awaited<ReturnType<typeof world.customer>>
const trips = roundTrips()

beforeAll(async () => {
  world = await behindWire()
  world.wire.watch(trips.watch)
  // A connection is made once in the life of a process, and not what an event costs.
  await POST(attempt(paidEvent((await world.customer()).id)))
  await runLater()
})

beforeEach(async () => {
  ada = await world.customer()
  trips.taken()
  world.stripe.reads()
})

afterAll(() => world.stop())

it('an event costs one round trip to Postgres before the 200, and the commit is the first after it', async () => {
  const response = await POST(attempt(paidEvent(ada.id)))
  expect([response.status, trips.taken(), world.stripe.reads()]).toEqual([200, ['ingest_event'], 0])

  await runLater()
  expect(await ada.tier()).toBe(SMALL)
  expect(await ada.facts()).toHaveLength(1)
  // What follows the commit is the email's, and what others left: neither is asked before the records are true.
  expect(trips.taken()[0]).toBe('apply_sync')
})

it('an event that no email follows costs one read of Stripe and one commit after its 200', async () => {
  await POST(attempt(paidEvent(ada.id).replace('invoice.paid', 'invoice.voided')))
  trips.taken()
  await runLater()
  expect(await ada.tier()).toBe(SMALL)
  // A process that looks at what others left does that for them, and at most every few seconds.
  const own = trips.taken().filter((about) => !/^(claim_due|outbox)$/.test(about))
  expect([own, world.stripe.reads()]).toEqual([['apply_sync'], 1])
})

it('an event is stored ahead of the reads that follow others, and its own read takes its turn', async () => {
  const [stored, read] = [vi.spyOn(answersFirst, 'storing'), vi.spyOn(answersFirst, 'following')]
  await POST(attempt(paidEvent(ada.id)))
  expect([stored.mock.calls.length, read.mock.calls.length]).toEqual([1, 0])
  await runLater()
  expect([stored.mock.calls.length, read.mock.calls.length]).toEqual([1, 1])
  vi.restoreAllMocks()
})

it('what an event puts into the outbox is found with one question, not with one for each kind of entry', async () => {
  await POST(attempt(paidEvent(ada.id)))
  trips.taken()
  await runLater()
  const [commit, ...outbox] = trips.taken().filter((about) => about !== 'claim_due')
  expect(commit).toBe('apply_sync')
  // Which kinds are due, the uses to gather and those to send, the claim, whom and what the email is about, its commit
  // in three; then the first three once more.
  expect(outbox).toHaveLength(12)
})

it('thirty events that end at once look into the outbox once', async () => {
  const ports = backlogPorts()
  await Promise.all(Array.from({ length: 30 }, () => ports.deliverOutbox()))
  // Which kinds are due, the uses to gather and those to send: of one run, not of thirty.
  expect(trips.taken()).toHaveLength(3)
})

it('a duplicate costs one round trip, and Stripe is not read for it', async () => {
  const body = paidEvent(ada.id)
  await POST(attempt(body))
  await runLater()
  trips.taken()
  world.stripe.reads()

  const again = await POST(attempt(body))
  expect(await again.json()).toEqual({ status: 'duplicate' })
  expect(trips.taken()).toEqual(['ingest_event'])
  await runLater()
  expect(world.stripe.reads()).toBe(0)
})

it('a forged event costs nothing', async () => {
  const forged = attempt(paidEvent(ada.id))
  forged.headers.set('stripe-signature', `t=1,v1=${'0'.repeat(64)}`)
  expect((await POST(forged)).status).toBe(400)
  expect([trips.taken(), world.stripe.reads(), later]).toEqual([[], 0, []])
})

/** What follows the answers. */
async function runLater() {
  await Promise.all(later.splice(0).map((work) => work()))
}
