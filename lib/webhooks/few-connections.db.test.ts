import postgres from 'postgres'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { POST } from '@/app/api/webhooks/stripe/route'
import { disconnect } from '@/db/client'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { env } from '@/lib/env'
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

async function manyDeliveries() {
  const people = await Promise.all(Array.from({ length: 10 }, () => world.customer()))
  const bodies = people.flatMap(({ id }) =>
    Array.from({ length: 20 }, (_, n) => paidEvent(id, `in_${id.slice(4)}_${n}`)),
  )
  return { people, bodies }
}

async function deliver(bodies: string[]) {
  const answers = await Promise.all(bodies.map((body) => POST(attempt(body))))
  return answers.map(({ status }) => status)
}

// breakage: Postgres has two connections left and two hundred deliveries come at once | they share a statement or are answered 503 and sent again; nothing is lost
it('two hundred deliveries at once over two connections are stored or sent again, and none is lost', async () => {
  const { people, bodies } = await manyDeliveries()
  await deliverUntilTaken(bodies)
  await untilRecorded(people)
})

// breakage: other instances have every connection to Postgres and two hundred deliveries come at once | Stripe reads 503 and sends them again; nothing is lost
it('two hundred deliveries while other instances have every connection are sent again, and none is lost', async () => {
  const { people, bodies } = await manyDeliveries()
  await disconnect()
  const others = postgres(env().databaseUrl, { max: 2, prepare: false })
  // Postgres takes note of a client that is gone a moment later.
  for (let n = 0; n < 2; n += 1) await vi.waitFor(() => others.reserve(), EVENTUALLY)
  expect(await deliver(bodies)).toEqual(bodies.map(() => 503))

  await others.end({ timeout: 0 })
  await deliverUntilTaken(bodies)
  await untilRecorded(people)
})

/** As Stripe does: what was refused comes again. */
async function deliverUntilTaken(bodies: string[]) {
  for (let left = bodies; left.length > 0; ) {
    const statuses = await deliver(left)
    expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([])
    left = left.filter((_, at) => statuses[at] === 503)
  }
}

async function untilRecorded(people: Awaited<ReturnType<typeof manyDeliveries>>['people']) {
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
}
