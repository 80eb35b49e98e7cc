import { randomUUID } from 'node:crypto'
import { Redis } from '@upstash/redis'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { FAILURES, startBroken } from '@/scripts/redis/broken.fixture'
import { startRedis } from '@/scripts/redis/start'
import { openStore, type Store } from './client'
import { counted } from './counted.fixture'
import { limitRate, type RateRule } from './rate-limit'

const redis = await startRedis({})
// A busy machine is no failure: only tests of failures keep to the real budget.
const budgetMs = 20_000
const store = openStore({ ...redis, budgetMs })
afterAll(redis.stop)

const rule = (changes: Partial<RateRule> = {}): RateRule => ({
  name: 'checkout.start',
  key: randomUUID(),
  limit: 3,
  windowSeconds: 60,
  whenDown: 'refuse',
  ...changes,
})

async function allowedOf(times: number, limited: RateRule, through: Store): Promise<number> {
  const decisions = Array.from({ length: times }, () => limitRate(limited, through))
  return (await Promise.all(decisions)).filter(({ allowed }) => allowed).length
}

test('as many as the limit pass, the next one learns when to come back', async () => {
  const limited = rule()
  expect(await allowedOf(3, limited, store)).toBe(3)
  const refused = await limitRate(limited, store)
  if (refused.allowed) expect.unreachable('The fourth was let through.')
  expect(refused.retryAfterSeconds).toBeGreaterThan(30)
  expect(refused.retryAfterSeconds).toBeLessThanOrEqual(60)
})

test('of fifty at once no more than the limit pass, over two processes', async () => {
  const limited = rule({ limit: 7 })
  const other = openStore({ ...redis, budgetMs })
  const passed = await Promise.all([allowedOf(25, limited, store), allowedOf(25, limited, other)])
  expect(passed[0] + passed[1]).toBe(7)
})

test('a new window lets through again, and being refused does not prolong the old one', async () => {
  const limited = rule({ limit: 1, windowSeconds: 1 })
  await limitRate(limited, store)
  await vi.waitFor(async () => expect(await limitRate(limited, store)).toEqual({ allowed: true }), {
    timeout: 4_000,
    interval: 50,
  })
})

test('a refused user costs Redis nothing for the rest of the window', async () => {
  const [limited, through] = [rule({ limit: 1 }), counted(store)]
  await limitRate(limited, through)
  const refused = await limitRate(limited, through)
  expect(through.asked).toBe(2)
  for (let n = 0; n < 20; n += 1) expect(await limitRate(limited, through)).toEqual(refused)
  expect(through.asked).toBe(2)
})

test('people and purposes do not share a window', async () => {
  const limited = rule({ limit: 1 })
  expect(await allowedOf(2, limited, store)).toBe(1)
  expect(await allowedOf(2, { ...limited, name: 'portal.open' }, store)).toBe(1)
  expect(await allowedOf(2, { ...limited, key: 'another user' }, store)).toBe(1)
})

test('the limited user cannot be read in Redis', async () => {
  await limitRate(rule({ key: 'ada@example.com' }), store)
  const keys = await new Redis({ ...redis, retry: { retries: 0 } }).keys('*')
  expect(keys.length).toBeGreaterThan(0)
  expect(keys.filter((key) => key.includes('ada'))).toEqual([])
})

describe.each(FAILURES)('with a Redis that is %s', { timeout: 9_000 }, (how) => {
  test('reads pass', async () => {
    const broken = await startBroken(how)
    expect(await allowedOf(20, rule({ whenDown: 'allow' }), openStore(broken))).toBe(20)
    await broken.stop()
  })

  test('what costs money is limited by what this process has seen', async () => {
    const broken = await startBroken(how)
    const [limited, without] = [rule(), openStore(broken)]
    expect(await allowedOf(20, limited, without)).toBe(3)
    const refused = await limitRate(limited, without)
    if (refused.allowed) expect.unreachable('The twenty-first was let through.')
    expect(refused.retryAfterSeconds).toBeGreaterThan(30)
    expect(refused.retryAfterSeconds).toBeLessThanOrEqual(60)
    await broken.stop()
  })
})

test('Redis going down in the middle of a window does not start it again', async () => {
  const dying = await startRedis({})
  const [limited, through] = [rule(), openStore({ ...dying, budgetMs })]
  expect(await allowedOf(2, limited, through)).toBe(2)
  await dying.stop()
  expect(await allowedOf(5, limited, through)).toBe(1)
})
