import { Redis } from '@upstash/redis'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { env } from '@/lib/env'
import { behindWire } from '@/lib/webhooks/behind-wire.fixture'
import { readBilling } from './read'

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
let ada: Awaited<ReturnType<typeof world.customer>>

beforeAll(async () => {
  world = await behindWire()
})

beforeEach(async () => {
  ada = await world.customer()
  await ada.mark()
  world.stripe.reads()
})

afterAll(() => world.stop())

const look = (refresh: 'stale' | 'now' = 'stale') =>
  readBilling(ada.workspaceId, { actor: ada.actor, refresh })

it('twenty who look at an old page at once cost one read of Stripe, and all see what is true', async () => {
  const seen = await Promise.all(Array.from({ length: 20 }, () => look()))
  expect(seen.map(({ tier, stale }) => [tier, stale])).toEqual(seen.map(() => [SMALL, false]))
  expect(world.stripe.reads()).toBe(1)
})

it('a page that is not old costs none', async () => {
  await look()
  world.stripe.reads()
  expect(await look()).toMatchObject({ tier: SMALL, stale: false })
  expect(world.stripe.reads()).toBe(0)
})

// breakage: a reader dies while it holds the lock | who looks meanwhile sees what we knew, marked as old
it('after the reading process died the others see what we knew, and that it is old, until its lock ends', async () => {
  const { url, token } = env().redis
  const key = `${env().databaseFingerprint}:lock:refresh:${ada.id}`
  const redis = new Redis({ url, token })
  await redis.set(key, 'a process that died', { px: 60_000 })
  expect(await look()).toMatchObject({ tier: 'free', stale: true })
  await redis.del(key)
  expect(await look()).toMatchObject({ tier: SMALL, stale: false })
})

it('a user back from Stripe has a read of their own, even while others are looking', async () => {
  const { url, token } = env().redis
  const key = `${env().databaseFingerprint}:lock:refresh:${ada.id}`
  await new Redis({ url, token }).set(key, 'another process', { px: 60_000 })
  expect(await look('now')).toMatchObject({ tier: SMALL, stale: false })
  expect(world.stripe.reads()).toBe(1)
})
