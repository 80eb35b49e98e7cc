import { afterAll, describe, expect, test, vi } from 'vitest'
import { EVENTUALLY, openEndpoint, TEST_TIMEOUT_MS } from './endpoint.fixture'

const { connect, fresh, close } = await openEndpoint()
const redis = connect()
afterAll(close)

const inSeconds = (seconds: number) => Math.ceil(Date.now() / 1_000) + seconds

describe('expiry', { timeout: TEST_TIMEOUT_MS, concurrent: true }, () => {
  test.each([
    ['EX', () => ({ ex: 2 })],
    ['PX', () => ({ px: 2_000 })],
    ['EXAT', () => ({ exat: inSeconds(2) })],
    ['PXAT', () => ({ pxat: Date.now() + 2_000 })],
  ])('a key set with %s is there, and then it is gone', async (_name, expiry) => {
    const key = fresh()
    expect(await redis.set(key, 'short', expiry())).toBe('OK')
    expect(await redis.get(key)).toBe('short')
    expect(await redis.set(key, 'taken', { nx: true })).toBeNull()
    await vi.waitFor(async () => expect(await redis.get(key)).toBeNull(), EVENTUALLY)
    expect(await redis.exists(key)).toBe(0)
    expect(await redis.ttl(key)).toBe(-2)
    expect(await redis.set(key, 'again', { nx: true })).toBe('OK')
  })

  test('a collection expires as a whole', async () => {
    const key = fresh()
    await redis.sadd(key, 'a', 'b')
    await redis.pexpire(key, 300)
    await vi.waitFor(async () => expect(await redis.smembers(key)).toEqual([]), EVENTUALLY)
    expect(await redis.type(key)).toBe('none')
  })

  test('a key keeps its expiry only when asked to', async () => {
    const key = fresh()
    await redis.set(key, 'a', { ex: 100 })
    await redis.set(key, 'b', { keepTtl: true })
    expect(await redis.ttl(key)).toBeGreaterThan(60)
    expect(await redis.pttl(key)).toBeGreaterThan(60_000)
    await redis.set(key, 'c')
    expect(await redis.ttl(key)).toBe(-1)
  })

  test('EXPIRE obeys NX, XX, GT and LT, and a time in the past deletes', async () => {
    const key = fresh()
    expect(await redis.expire(key, 1_000)).toBe(0)
    await redis.set(key, 'v')
    expect(await redis.expire(key, 1_000, 'XX')).toBe(0)
    expect(await redis.expire(key, 1_000, 'GT')).toBe(0)
    expect(await redis.expire(key, 1_000, 'LT')).toBe(1)
    expect(await redis.expire(key, 500, 'GT')).toBe(0)
    expect(await redis.expire(key, 2_000, 'GT')).toBe(1)
    expect(await redis.expire(key, 3_000, 'NX')).toBe(0)
    expect(await redis.persist(key)).toBe(1)
    expect(await redis.persist(key)).toBe(0)
    expect(await redis.ttl(key)).toBe(-1)
    expect(await redis.expire(key, -1)).toBe(1)
    expect(await redis.exists(key)).toBe(0)
  })

  test('GETEX reads and sets or lifts the expiry, GETDEL reads and takes', async () => {
    const key = fresh()
    await redis.set(key, 'v')
    expect(await redis.getex(key, { ex: 100 })).toBe('v')
    expect(await redis.ttl(key)).toBeGreaterThan(60)
    expect(await redis.getex(key, { persist: true })).toBe('v')
    expect(await redis.ttl(key)).toBe(-1)
    expect(await redis.getdel(key)).toBe('v')
    expect(await redis.getdel(key)).toBeNull()
  })

  test('counting and appending leave the expiry alone', async () => {
    const key = fresh()
    await redis.set(key, 1, { ex: 100 })
    expect(await redis.incr(key)).toBe(2)
    expect(await redis.append(key, '0')).toBe(2)
    expect(await redis.get(key)).toBe(20)
    expect(await redis.ttl(key)).toBeGreaterThan(60)
  })
})
