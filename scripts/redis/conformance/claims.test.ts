import { afterAll, describe, expect, test, vi } from 'vitest'
import { EVENTUALLY, openEndpoint, PIPELINING, TEST_TIMEOUT_MS } from './endpoint.fixture'

const { connect, fresh, close, isEmbedded } = await openEndpoint()
afterAll(close)

describe.each(PIPELINING)('%s', { timeout: TEST_TIMEOUT_MS }, (_title, enableAutoPipelining) => {
  const redis = connect({ enableAutoPipelining })

  test('of 200 that claim a key at once, one wins', async () => {
    const key = fresh()
    const claims = Array.from({ length: 200 }, (_, at) =>
      redis.set(key, `owner ${at}`, { nx: true }),
    )
    const answers = await Promise.all(claims)
    expect(answers.filter((answer) => answer === 'OK')).toHaveLength(1)
    expect(answers.filter((answer) => answer === null)).toHaveLength(199)
    expect(await redis.get(key)).toBe(`owner ${answers.indexOf('OK')}`)
  })

  test('of 50 clients that claim a key at once, one wins', async () => {
    const key = fresh()
    const clients = Array.from({ length: 50 }, () => connect({ enableAutoPipelining }))
    const answers = await Promise.all(clients.map((one) => one.set(key, 'mine', { nx: true })))
    expect(answers.filter((answer) => answer === 'OK')).toHaveLength(1)
  })

  test('a claim is released by its owner only', async () => {
    const key = fresh()
    await redis.set(key, 'owner-1', { nx: true, ex: 60 })
    expect(await redis.exec(['DELEX', key, 'IFEQ', 'owner-2'])).toBe(0)
    expect(await redis.exec(['DELEX', key, 'IFNE', 'owner-1'])).toBe(0)
    expect(await redis.get(key)).toBe('owner-1')
    expect(await redis.exec(['delex', key, 'ifeq', 'owner-1'])).toBe(1)
    expect(await redis.exists(key)).toBe(0)
    expect(await redis.exec(['DELEX', key, 'IFEQ', 'owner-1'])).toBe(0)
    await redis.rpush(key, 'a list')
    await expect(redis.exec(['DELEX', key, 'IFEQ', 'a list'])).rejects.toThrow()
    expect(await redis.llen(key)).toBe(1)
    expect(await redis.exec(['DELEX', key])).toBe(1)
  })

  test('a window opens at the first hit and does not move with the next ones', async () => {
    const key = fresh()
    const hits = redis.multi().incr(key).pexpire(key, 500, 'NX').pttl(key)
    const [first, opened, left, second, moved, still] = await hits
      .incr(key)
      .pexpire(key, 90_000, 'NX')
      .pttl(key)
      .exec()
    expect([first, opened, second, moved]).toEqual([1, 1, 2, 0])
    expect(left).toBeLessThanOrEqual(500)
    expect(still).toBeLessThanOrEqual(left)
    await vi.waitFor(async () => expect(await redis.get(key)).toBeNull(), EVENTUALLY)
    expect(await redis.incr(key)).toBe(1)
  })

  test('transactions of many clients never see or break into each other', async () => {
    const key = fresh()
    const seen = await Promise.all(
      Array.from({ length: 100 }, () => redis.multi().incr(key).incr(key).get<number>(key).exec()),
    )
    for (const [first, second, read] of seen) expect([second, read]).toEqual([first + 1, first + 1])
    expect(new Set(seen.map(([first]) => first)).size).toBe(100)
    expect(await redis.get(key)).toBe(200)
  })

  test('in a transaction a command that fails leaves the others done', async () => {
    const [text, count] = [fresh(), fresh()]
    await redis.set(text, 'not a number')
    await expect(redis.multi().incr(text).incr(count).exec()).rejects.toThrow(/not an integer/)
    expect(await redis.get(count)).toBe(1)
  })

  // Upstash runs scripts; the embedded server refuses them, and with them the transaction.
  test.runIf(isEmbedded)('a transaction with an unknown command does nothing at all', async () => {
    const key = fresh()
    const transaction = redis.multi().set(key, 'x').eval('return 1', [], [])
    await expect(transaction.exec()).rejects.toThrow(/EXECABORT/)
    expect(await redis.exists(key)).toBe(0)
  })
})
