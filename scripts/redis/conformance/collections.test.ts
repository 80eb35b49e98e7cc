import { afterAll, describe, expect, test } from 'vitest'
import { openEndpoint, TEST_TIMEOUT_MS } from './endpoint.fixture'

const { connect, fresh, close, namespace } = await openEndpoint()
const redis = connect()
afterAll(close)

describe('collections', { timeout: TEST_TIMEOUT_MS }, () => {
  test('a hash counts new fields, adds to them, and goes with its last one', async () => {
    const key = fresh()
    expect(await redis.hset(key, { a: 1, b: 'two' })).toBe(2)
    expect(await redis.hset(key, { b: 'zwei', c: { json: true } })).toBe(1)
    expect(await redis.hgetall(key)).toEqual({ a: 1, b: 'zwei', c: { json: true } })
    expect(await redis.hincrby(key, 'a', 41)).toBe(42)
    await expect(redis.hincrby(key, 'b', 1)).rejects.toThrow(/hash value is not an integer/)
    expect(await redis.hget(key, 'missing')).toBeNull()
    expect(await redis.hdel(key, 'a', 'b', 'c', 'd')).toBe(3)
    expect(await redis.exists(key)).toBe(0)
    expect(await redis.hgetall(key)).toBeNull()
    expect(await redis.hincrby(key, 'n', -2)).toBe(-2)
  })

  test('a set holds a member once', async () => {
    const key = fresh()
    expect(await redis.sadd(key, 'a', 'b', 'a')).toBe(2)
    expect(await redis.sismember(key, 'a')).toBe(1)
    expect(await redis.sismember(key, 'c')).toBe(0)
    expect((await redis.smembers(key)).sort()).toEqual(['a', 'b'])
    expect(await redis.srem(key, 'a', 'b', 'c')).toBe(2)
    expect(await redis.type(key)).toBe('none')
    expect(await redis.smembers(key)).toEqual([])
  })

  test('a list is pushed and popped at both ends', async () => {
    const key = fresh()
    expect(await redis.rpush(key, 'c', 'd')).toBe(2)
    expect(await redis.lpush(key, 'b', 'a')).toBe(4)
    expect(await redis.lrange(key, 0, -1)).toEqual(['a', 'b', 'c', 'd'])
    expect(await redis.lrange(key, -3, 2)).toEqual(['b', 'c'])
    expect(await redis.lrange(key, 0, -9)).toEqual([])
    expect(await redis.lrange(key, 9, 12)).toEqual([])
    expect(await redis.lpop(key)).toBe('a')
    expect(await redis.rpop(key, 2)).toEqual(['d', 'c'])
    expect(await redis.llen(key)).toBe(1)
    expect(await redis.rpop(key)).toBe('b')
    expect(await redis.exists(key)).toBe(0)
    expect(await redis.lpop(key)).toBeNull()
    await expect(redis.exec(['LPOP', key, '-1'])).rejects.toThrow(/must be positive/)
  })

  test('a sorted set ranks by score, then by bytes', async () => {
    const key = fresh()
    const two = [
      { score: 1, member: 'b' },
      { score: 1, member: 'a' },
    ] as const
    expect(await redis.zadd(key, { score: 2.5, member: 'c' }, ...two)).toBe(3)
    expect(await redis.zrange(key, 0, -1)).toEqual(['a', 'b', 'c'])
    expect(await redis.zrange(key, 0, 0, { rev: true, withScores: true })).toEqual(['c', 2.5])
    expect(await redis.zadd(key, { nx: true }, { score: 9, member: 'a' })).toBe(0)
    expect(await redis.zadd(key, { xx: true, ch: true }, { score: 9, member: 'a' })).toBe(1)
    expect(await redis.zscore(key, 'a')).toBe(9)
    expect(await redis.zscore(key, 'x')).toBeNull()
    await expect(redis.exec(['ZADD', key, 'high', 'a'])).rejects.toThrow(/not a valid float/)
    expect(await redis.zrem(key, 'a', 'x')).toBe(1)
    expect(await redis.zcard(key)).toBe(2)
  })

  test('a sorted set keeps the highest score, or the lowest, where that is asked for', async () => {
    const key = fresh()
    expect(await redis.zadd(key, { gt: true }, { score: 5, member: 'a' })).toBe(1)
    expect(await redis.zadd(key, { gt: true, ch: true }, { score: 4, member: 'a' })).toBe(0)
    expect(await redis.zscore(key, 'a')).toBe(5)
    expect(await redis.zadd(key, { gt: true, ch: true }, { score: 6, member: 'a' })).toBe(1)
    expect(await redis.zadd(key, { lt: true, ch: true }, { score: 7, member: 'a' })).toBe(0)
    expect(await redis.zadd(key, { lt: true, ch: true }, { score: 3, member: 'a' })).toBe(1)
    expect(await redis.zscore(key, 'a')).toBe(3)
    expect(await redis.zadd(key, { xx: true, gt: true }, { score: 9, member: 'b' })).toBe(0)
    for (const two of ['GT LT', 'GT NX', 'LT NX'])
      await expect(redis.exec(['ZADD', key, ...two.split(' '), '1', 'a'])).rejects.toThrow(
        /GT, LT, and\/or NX options at the same time are not compatible/,
      )
  })

  test('SCAN finds every key that stays, while others come and go', async () => {
    const stay = Array.from({ length: 40 }, (_, at) => fresh(`stay-${at}`))
    const go = Array.from({ length: 40 }, (_, at) => fresh(`go-${at}`))
    await Promise.all([...stay, ...go].map((key) => redis.set(key, 1)))
    const found = new Set<string>()
    let cursor = '0'
    do {
      const [next, keys] = await redis.scan(cursor, { match: `${namespace}:*stay-*`, count: 7 })
      for (const key of keys) found.add(key)
      const gone = go.pop()
      if (gone) await redis.del(gone)
      await redis.set(fresh('come'), 1)
      cursor = next
    } while (cursor !== '0')
    expect([...found].sort()).toEqual(stay.sort())
  })

  test('KEYS and SCAN match patterns and kinds', async () => {
    const [one, two, list] = [fresh('a[1]'), fresh('a2'), fresh('b')]
    await redis.mset({ [one]: 1, [two]: 1 })
    await redis.rpush(list, 'x')
    expect(await redis.keys(`${namespace}:*:a?`)).toEqual([two])
    expect(await redis.keys(`${namespace}:*:a\\[1\\]`)).toEqual([one])
    expect(await redis.keys(`${namespace}:*:[b-c]`)).toEqual([list])
    const options = { match: `${namespace}:*`, type: 'list', count: 10_000 } as const
    expect(await redis.scan('0', options)).toEqual(['0', [list]])
  })
})
