import { Redis } from '@upstash/redis'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { POST } from '@/app/api/webhooks/stripe/route'
import { env } from '@/lib/env'
import { attempt, behindWire, paidEvent } from './behind-wire.fixture'

const later = vi.hoisted((): (() => Promise<void>)[] => [])
vi.mock('next/server', () => ({ after: (work: () => Promise<void>) => later.push(work) }))

// A busy machine is no failure: here Redis may take its time.
vi.mock(import('@/lib/redis/client'), async (original) => {
  const client = await original()
  const open = () => client.openStore({ ...env().redis, budgetMs: 20_000 })
  let patient: ReturnType<typeof open> | undefined
  return {
    ...client,
    store() {
      patient ??= open()
      return patient
    },
  }
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
  await settle()
  world.wire.cut()
  expect(await post()).toBe('200 {"status":"duplicate"}')
  body = paidEvent('cus_unknown')
  expect(await post()).toBe('503 {"error":"unavailable"}')
  world.wire.mend()
})

it('Redis remembers an event only once it is committed', async () => {
  world.wire.cut()
  expect(await post()).toBe('503 {"error":"unavailable"}')
  await settle()
  expect(await remembered()).toBe(0)
  world.wire.mend()
  await post()
  expect(await remembered()).toBe(0)
  await settle()
  expect(await remembered()).toBe(1)
})

// breakage: Redis remembers an event that Postgres has lost | 200, and the event is stored again: Postgres decides
it('what Redis remembers wrongly keeps nothing out', async () => {
  const { url, token } = env().redis
  await new Redis({ url, token }).set(key(), 1)
  expect(await post()).toBe('200 {"status":"accepted"}')
})

function remembered(): Promise<number> {
  const { url, token } = env().redis
  return new Redis({ url, token }).exists(key())
}

function key(): string {
  return `${env().databaseFingerprint}:done:${/evt_\w+/.exec(body)?.[0]}`
}

async function post(): Promise<string> {
  const response = await POST(attempt(body))
  return `${response.status} ${await response.text()}`
}

async function settle() {
  await Promise.allSettled(later.splice(0).map((work) => work()))
}
