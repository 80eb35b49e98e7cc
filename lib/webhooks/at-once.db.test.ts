import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { POST } from '@/app/api/webhooks/stripe/route'
import { syncTargets } from '@/db/schema/events'
import { roundTrips } from '@/tests/harness/faults/round-trips'
import { attempt, behindWire, paidEvent } from './behind-wire.fixture'

vi.mock('next/server', () => ({ after: () => {} }))

let world: Awaited<ReturnType<typeof behindWire>>
const trips = roundTrips()

beforeAll(async () => {
  world = await behindWire()
  world.wire.watch(trips.watch)
  // A connection is made once in the life of a process.
  await deliver(await world.customer())
})

beforeEach(() => {
  trips.taken()
})

afterAll(() => world.stop())

type Customer = Awaited<ReturnType<typeof world.customer>>

async function deliver({ id }: Customer, n = 0): Promise<string> {
  const response = await POST(attempt(paidEvent(id, `in_${id.slice(4)}_${n}`)))
  return `${response.status} ${(await response.json()).status}`
}

it('thirty deliveries at once are stored in a few round trips, and each is answered for itself', async () => {
  const people = await Promise.all(Array.from({ length: 10 }, () => world.customer()))
  const answers = people.flatMap((ada) => [deliver(ada, 1), deliver(ada, 2), deliver(ada, 3)])
  expect(await Promise.all(answers)).toEqual(answers.map(() => '200 accepted'))
  // The one that came first, and the rest while it was being stored.
  expect(trips.taken().length).toBeLessThan(10)
  for (const ada of people) expect(await ada.events()).toHaveLength(3)
})

it.each([
  ['comes first', 0],
  ['comes among others', 1],
])('a delivery whose customer is held holds up no other, where it %s', async (_, place) => {
  const [held, ...others] = [await world.customer(), await world.customer(), await world.customer()]
  if (!held) throw new Error('There is no customer.')
  await held.mark()
  const inLine = others.toSpliced(place, 0, held)
  const late = await world.direct.transaction(async (tx) => {
    await tx.select().from(syncTargets).where(eq(syncTargets.key, held.id)).for('update')
    const answers = inLine.map((each) => deliver(each))
    const free = answers.filter((_, n) => n !== place)
    expect(await Promise.all(free)).toEqual(['200 accepted', '200 accepted'])
    expect(await held.events()).toEqual([])
    return { answer: answers[place] }
  })
  expect(await late.answer).toBe('200 accepted')
})
