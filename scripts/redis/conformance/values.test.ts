import { afterAll, describe, expect, test } from 'vitest'
import { openEndpoint, PIPELINING, TEST_TIMEOUT_MS } from './endpoint.fixture'

const { connect, fresh, close } = await openEndpoint()
afterAll(close)

describe.each(PIPELINING)('%s', { timeout: TEST_TIMEOUT_MS }, (_title, enableAutoPipelining) => {
  const redis = connect({ enableAutoPipelining })

  test.each([
    ['nothing', ''],
    ['the word OK', 'OK'],
    ['a digit string too long for a number', '12345678901234567890'],
    ['quotes and a backslash', `"\\' }{][`],
    ['line ends and controls', 'a\r\nb\tc\u0000d\u001f'],
    ['accents, CJK, emoji and a family', 'Ünïcödé 漢字 😀 👨‍👩‍👧'],
    ['what looks like base64', 'T0s='],
    ['every byte as a character', String.fromCharCode(...Array.from({ length: 256 }, (_, i) => i))],
    ['a long text', 'ab😀'.repeat(20_000)],
  ])('%s comes back as it went in', async (_name, text) => {
    const [plain, list, hash] = [fresh(), fresh(), fresh(text.slice(0, 100))]
    await redis.set(plain, text)
    await redis.rpush(list, text, text)
    await redis.hset(hash, { field: text })
    expect(await redis.get(plain)).toBe(text)
    expect(await redis.mget(plain, `${plain}:missing`)).toEqual([text, null])
    expect(await redis.lrange(list, 0, -1)).toEqual([text, text])
    expect(await redis.hget(hash, 'field')).toBe(text)
    expect(await redis.strlen(plain)).toBe(Buffer.byteLength(text))
    expect(await redis.exec(['ECHO', text])).toBe(text)
  })

  test.each([
    ['an object', { tier: 'pro', features: ['a', 'b'], nested: { none: null } }],
    ['a list', [1, 'two', { three: 3 }]],
    ['a number', 42.5],
    ['a boolean', true],
  ])('%s comes back as it went in, as JSON', async (_name, value) => {
    const key = fresh()
    await redis.set(key, value)
    expect(await redis.get(key)).toEqual(value)
  })

  test('integers are exact up to 64 bits and no further', async () => {
    const key = fresh()
    expect(await redis.incrby(key, 5)).toBe(5)
    expect(await redis.decrby(key, 7)).toBe(-2)
    expect(await redis.decr(key)).toBe(-3)
    await redis.exec(['SET', key, '9223372036854775806'])
    await redis.incr(key)
    expect(await redis.get(key)).toBe('9223372036854775807')
    await expect(redis.incr(key)).rejects.toThrow(/overflow/)
  })

  test('XX writes only what exists, and GET hands back what was there', async () => {
    const key = fresh()
    expect(await redis.set(key, 'a', { xx: true })).toBeNull()
    expect(await redis.set(key, 'a', { get: true })).toBeNull()
    expect(await redis.set(key, 'b', { xx: true, get: true })).toBe('a')
    expect(await redis.set(key, 'c', { nx: true, get: true })).toBe('b')
    expect(await redis.get(key)).toBe('b')
  })

  test('MSET, SETNX, UNLINK and EXISTS count what they did', async () => {
    const [a, b] = [fresh(), fresh()]
    expect(await redis.mset({ [a]: 1, [b]: 2 })).toBe('OK')
    expect(await redis.setnx(a, 3)).toBe(0)
    expect(await redis.exists(a, b, a)).toBe(3)
    expect(await redis.unlink(a, b, a)).toBe(2)
    expect(await redis.setnx(a, 3)).toBe(1)
    expect(await redis.ping()).toBe('PONG')
  })
})
