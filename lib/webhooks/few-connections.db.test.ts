import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { POST } from '@/app/api/webhooks/stripe/route'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { attempt, behindWire, paidEvent } from './behind-wire.fixture'

const later = vi.hoisted((): (() => Promise<void>)[] => [])
vi.mock('next/server', () => ({ after: (work: () => Promise<void>) => later.push(work) }))

// A busy machine is no failure.
const EVENTUALLY = { timeout: 15_000 }

let world: Awaited<ReturnType<typeof behindWire>>

beforeAll(async () => {
  world = await behindWire({ connections: 2 })
})

afterAll(() => world.stop())

// breakage: Postgres has two connections left and two hundred deliveries come at once | Stripe reads 200 or 503, and sends the latter again; nothing is lost
it('two hundred deliveries at once over two connections are stored or sent again, and none is lost', async () => {
  const people = await Promise.all(Array.from({ length: 10 }, () => world.customer()))
  const bodies = people.flatMap(({ id }) =>
    Array.from({ length: 20 }, (_, n) => paidEvent(id, `in_${id.slice(4)}_${n}`)),
  )
  const rounds: number[][] = []
  // As Stripe does: what was not answered 2xx comes again.
  for (let left = bodies; left.length > 0; ) {
    const answers = await Promise.all(left.map((body) => POST(attempt(body))))
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([])
    rounds.push(statuses)
    left = left.filter((_, at) => statuses[at] === 503)
  }
  // Two connections for a pool that wants more: a delivery was refused.
  expect(rounds[0]).toContain(503)

  await Promise.allSettled(later.splice(0).map((work) => work()))
  for (const ada of people) {
    await expect
      .poll(async () => {
        await ada.due()
        await world.drain().catch(() => {})
        return (await ada.facts()).length
      }, EVENTUALLY)
      .toBe(20)
    expect(await ada.events()).toHaveLength(20)
    expect(await ada.tier()).toBe(SMALL)
  }
})
