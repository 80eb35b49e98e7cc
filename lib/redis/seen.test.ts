import { Redis } from '@upstash/redis'
import { afterAll, expect, test } from 'vitest'
import { FAILURES, startBroken } from '@/scripts/redis/broken.fixture'
import { startRedis } from '@/scripts/redis/start'
import { openStore } from './client'
import { counted } from './counted.fixture'
import { isCommitted, rememberAlong, rememberCommitted } from './seen'

const redis = await startRedis({})
// A busy machine is no failure: only tests of failures keep to the real budget.
const store = openStore({ ...redis, budgetMs: 20_000 })
afterAll(redis.stop)

test('an event is a duplicate once it was committed, and not before', async () => {
  const event = { namespace: 'db-1', eventId: 'evt_1' } as const
  expect(await isCommitted(event, store)).toBe(false)
  await rememberCommitted(event, store)
  expect(await isCommitted(event, store)).toBe(true)
  expect(await isCommitted({ ...event, eventId: 'evt_2' }, store)).toBe(false)
})

test('one database does not speak for another', async () => {
  await rememberCommitted({ namespace: 'db-2', eventId: 'evt_3' }, store)
  expect(await isCommitted({ namespace: 'db-3', eventId: 'evt_3' }, store)).toBe(false)
})

test('an event is forgotten a day after Stripe gives up on it', async () => {
  await rememberCommitted({ namespace: 'db-4', eventId: 'evt_4' }, store)
  const left = await new Redis({ ...redis, retry: { retries: 0 } }).ttl('db-4:done:evt_4')
  expect(left).toBeGreaterThan(3 * 86_400)
  expect(left).toBeLessThanOrEqual(4 * 86_400)
})

test('two hundred events at once are remembered in two requests, and all of them are', async () => {
  const burst = counted(store)
  const ids = Array.from({ length: 200 }, (_, n) => `evt_burst_${n}` as const)
  await rememberCommitted({ namespace: 'db-7', eventId: 'evt_first' }, burst)
  await Promise.all(ids.map((eventId) => rememberCommitted({ namespace: 'db-7', eventId }, burst)))
  expect(burst.asked).toBe(2)
  const known = ids.map((eventId) => isCommitted({ namespace: 'db-7', eventId }, store))
  expect((await Promise.all(known)).filter(Boolean)).toHaveLength(200)
})

test('an event is remembered with those before it, for whom a request is about to be made', async () => {
  const own = counted(store)
  const along = { namespace: 'db-8', eventId: 'evt_along' } as const
  expect(rememberAlong(along, own)).toBe(false)
  const others = rememberCommitted({ namespace: 'db-8', eventId: 'evt_before' }, own)
  expect(rememberAlong(along, own)).toBe(true)
  await others
  expect(own.asked).toBe(1)
  expect(await isCommitted(along, store)).toBe(true)
})

test('an event that was evicted is simply not known', async () => {
  const event = { namespace: 'db-5', eventId: 'evt_5' } as const
  await rememberCommitted(event, store)
  await new Redis({ ...redis, retry: { retries: 0 } }).flushdb()
  expect(await isCommitted(event, store)).toBe(false)
})

test.each(FAILURES)(
  'with a Redis that is %s no event is known',
  { timeout: 9_000 },
  async (how) => {
    const broken = await startBroken(how)
    const without = openStore(broken)
    const event = { namespace: 'db-6', eventId: 'evt_6' } as const
    await expect(rememberCommitted(event, without)).resolves.toBeUndefined()
    expect(await isCommitted(event, without)).toBe(false)
    await broken.stop()
  },
)
