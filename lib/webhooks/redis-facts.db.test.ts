import { Redis } from '@upstash/redis'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { POST } from '@/app/api/webhooks/stripe/route'
import { env } from '@/lib/env'
import type { Store } from '@/lib/redis/client'
import { attempt, behindWire, paidEvent } from './behind-wire.fixture'

const later = vi.hoisted((): (() => Promise<void>)[] => [])
const redis = vi.hoisted(() => ({ asked: 0 }))
vi.mock('next/server', () => ({ after: (work: () => Promise<void>) => later.push(work) }))

// A busy machine is no failure: here Redis may take its time.
vi.mock(import('@/lib/redis/client'), async (original) => {
  const client = await original()
  let patient: Store | undefined
  const counting: Store = {
    ask(call) {
      redis.asked += 1
      patient ??= client.openStore({ ...env().redis, budgetMs: 20_000 })
      return patient.ask(call)
    },
  }
  return { ...client, store: () => counting }
})

let world: Awaited<ReturnType<typeof behindWire>>
let body: string

beforeAll(async () => {
  world = await behindWire()
})

beforeEach(async () => {
  body = paidEvent((await world.customer()).id)
})

afterAll(() => world.stop())

// breakage: Postgres is down when an event arrives that was stored before | Stripe reads duplicate, says Redis, and does not send it again
it('an event that Redis remembers is a duplicate while Postgres is down, and any other is not', async () => {
  expect(await post()).toBe('200 {"status":"accepted"}')
  await runLater()
  world.wire.cut()
  expect(await post()).toBe('200 {"status":"duplicate"}')
  body = paidEvent('cus_unknown')
  expect(await post()).toBe('503 {"error":"unavailable"}')
  world.wire.mend()
})

it('Redis remembers an event only once it is committed', async () => {
  world.wire.cut()
  expect(await post()).toBe('503 {"error":"unavailable"}')
  await runLater()
  expect(await remembered()).toBe(0)
  world.wire.mend()
  await post()
  expect(await remembered()).toBe(0)
  await runLater()
  expect(await remembered()).toBe(1)
})

it('an answer costs Redis nothing, and fifty events together are remembered in two requests', async () => {
  // Of a kind that nothing follows, so that only the memory is left to count.
  const bodies = Array.from({ length: 50 }, () => paidEvent('cus_one').replace('.paid', '.nothing'))
  redis.asked = 0
  const answers = new Set<string>()
  for (const each of bodies) answers.add(await post(each))
  expect(answers).toEqual(new Set(['200 {"status":"ignored","reason":"unknown_type"}']))
  expect(redis.asked).toBe(0)
  await runLater()
  // And it may be asked once whose turn it is to help.
  expect(redis.asked).toBeLessThanOrEqual(3)
  expect(await Promise.all(bodies.map((each) => remembered(each)))).toEqual(bodies.map(() => 1))
})

it('in a burst an event that nothing of its own follows is remembered with those before it', async () => {
  const nothing = () => paidEvent('cus_one').replace('.paid', '.nothing')
  let carried: string | undefined
  const carriers: Promise<void>[] = []
  // A request is open to others for a quarter of a second: one of these comes in that time, however slow the machine.
  for (let n = 0; n < 200 && !carried; n += 1) {
    const sent = nothing()
    await post(sent)
    if (later.length === 0) carried = sent
    carriers.push(runLater())
  }
  await Promise.all(carriers)
  expect(await remembered(carried)).toBe(1)
})

// breakage: Redis remembers an event that Postgres has lost | 200, and the event is stored again: Postgres decides
it('what Redis remembers wrongly keeps nothing out', async () => {
  const { url, token } = env().redis
  await new Redis({ url, token }).set(key(), 1)
  expect(await post()).toBe('200 {"status":"accepted"}')
})

function remembered(of = body): Promise<number> {
  const { url, token } = env().redis
  return new Redis({ url, token }).exists(key(of))
}

function key(of = body): string {
  return `${env().databaseFingerprint}:done:${/evt_\w+/.exec(of)?.[0]}`
}

async function post(sent = body): Promise<string> {
  const response = await POST(attempt(sent))
  return `${response.status} ${await response.text()}`
}

async function runLater() {
  await Promise.allSettled(later.splice(0).map((work) => work()))
}
