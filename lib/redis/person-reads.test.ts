import { randomUUID } from 'node:crypto'
import { Redis } from '@upstash/redis'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { FAILURES, startBroken } from '@/scripts/redis/broken.fixture'
import { startRedis } from '@/scripts/redis/start'
import { openStore, type Store } from './client'
import { countRead, mayRead } from './person-reads'

vi.mock('@/lib/env', () => ({
  env: () => ({ databaseFingerprint: 'db', stripe: { readsPerSecond: 15 } }),
}))

const redis = await startRedis({})
// A busy machine is no failure: only tests of failures keep to the real budget.
const store = openStore({ ...redis, budgetMs: 20_000 })
const inside = new Redis({ ...redis, retry: { retries: 0 } })
afterAll(redis.stop)

beforeEach(async () => {
  await inside.flushdb()
})

async function allowedOf(times: number, userId: string, through: Store = store) {
  const asked = Array.from({ length: times }, () => mayRead(userId, through))
  return (await Promise.all(asked)).filter(({ allowed }) => allowed).length
}

test('a person may have Stripe read sixty times a minute, over all processes, and others no less', async () => {
  const [ada, bob] = [randomUUID(), randomUUID()]
  const other = openStore({ ...redis, budgetMs: 20_000 })
  const ofAda = await Promise.all([allowedOf(50, ada), allowedOf(50, ada, other)])
  expect(ofAda[0] + ofAda[1]).toBe(60)
  expect(await allowedOf(61, bob)).toBe(60)
})

test.each(FAILURES)(
  'with a Redis that is %s one process still holds a person to it',
  { timeout: 9_000 },
  async (how) => {
    const broken = await startBroken(how)
    expect(await allowedOf(65, randomUUID(), openStore(broken))).toBe(60)
    await broken.stop()
  },
)

test('what a person has read is counted with what webhooks and drains read', async () => {
  for (let n = 0; n < 7; n += 1) countRead(store)
  await vi.waitFor(async () => {
    const seconds = await inside.keys('db:reads:*')
    const counts = await Promise.all(seconds.map((key) => inside.get<number>(key)))
    expect(counts.reduce<number>((sum, count) => sum + (count ?? 0), 0)).toBe(7)
  })
})
