import { afterAll, describe, expect, test } from 'vitest'
import { openEndpoint, PIPELINING, TEST_TIMEOUT_MS } from './endpoint.fixture'

const { connect, fresh, close, isEmbedded } = await openEndpoint()
afterAll(close)

describe.each(PIPELINING)('%s', { timeout: TEST_TIMEOUT_MS }, (_title, enableAutoPipelining) => {
  const redis = connect({ enableAutoPipelining })

  test('a wrong token is turned away', async () => {
    const unauthorized = connect({ enableAutoPipelining, token: 'not-the-token' })
    await expect(unauthorized.get(fresh())).rejects.toThrow(/WRONGPASS|Unauthorized/)
    await expect(unauthorized.multi().incr(fresh()).exec()).rejects.toThrow(
      /WRONGPASS|Unauthorized/,
    )
  })

  test('a command that does not exist is an error, never OK', async () => {
    await expect(redis.exec(['NOSUCHCOMMAND', 'x'])).rejects.toThrow(/ERR/)
    await expect(redis.exec(['constructor'])).rejects.toThrow(/ERR/)
    await expect(redis.exec([''])).rejects.toThrow(/ERR/)
  })

  // Upstash runs Lua; the embedded server says that it does not.
  test.runIf(isEmbedded)('a script is refused', async () => {
    await expect(redis.eval('return 1', [], [])).rejects.toThrow(/unknown command/)
    await expect(redis.createScript('return 1').exec([], [])).rejects.toThrow(/unknown command/)
  })

  test.each([
    [['GET'], /wrong number of arguments/],
    [['GET', 'a', 'b'], /wrong number of arguments/],
    [['MSET', 'a'], /wrong number of arguments/],
    [['HSET', 'a', 'field'], /wrong number of arguments/],
    [['SET', 'a', 'v', 'EX'], /syntax error/],
    [['SET', 'a', 'v', 'NX', 'XX'], /syntax error/],
    [['SET', 'a', 'v', 'EX', '1', 'PX', '1'], /syntax error/],
    [['SET', 'a', 'v', 'KEEPTTL', 'EX', '1'], /syntax error/],
    [['SET', 'a', 'v', 'SOMETIMES'], /syntax error/],
    [['SET', 'a', 'v', 'EX', '0'], /invalid expire/],
    [['SET', 'a', 'v', 'PX', '-1'], /invalid expire/],
    [['SET', 'a', 'v', 'EX', 'soon'], /not an integer/],
    [['INCRBY', 'a', '1.5'], /not an integer/],
    [['INCRBY', 'a', '9223372036854775808'], /not an integer/],
    [['EXPIRE', 'a', 'x'], /not an integer/],
    [['EXPIRE', 'a', '1', 'MAYBE'], /unsupported option/i],
    [['EXPIRE', 'a', '1', 'NX', 'GT'], /not compatible/],
    [['LRANGE', 'a', '0', 'end'], /not an integer/],
    [['SCAN', 'start'], /invalid cursor/],
  ])('%j is refused', async (words, reason) => {
    const [name = '', key, ...rest] = words
    const command: [string, ...string[]] = [name, ...(key === 'a' ? [fresh()] : []), ...rest]
    if (key !== undefined && key !== 'a') command.push(key)
    await expect(redis.exec(command)).rejects.toThrow(reason)
  })

  test('commands and options are read in any case', async () => {
    const key = fresh()
    expect(await redis.exec(['sEt', key, 'v', 'nX', 'Ex', '100'])).toBe('OK')
    expect(await redis.exec(['SET', key, 'w', 'NX'])).toBeNull()
    expect(await redis.exec(['gEt', key])).toBe('v')
    expect(await redis.exec(['eXpIrE', key, '200', 'gT'])).toBe(1)
  })

  test('a value of another kind is refused and left alone', async () => {
    const [text, list] = [fresh(), fresh()]
    await redis.set(text, 'v')
    await redis.rpush(list, 'a')
    await expect(redis.incr(list)).rejects.toThrow(/WRONGTYPE/)
    await expect(redis.lpush(text, 'a')).rejects.toThrow(/WRONGTYPE/)
    await expect(redis.hset(text, { a: 1 })).rejects.toThrow(/WRONGTYPE/)
    await expect(redis.sadd(list, 'a')).rejects.toThrow(/WRONGTYPE/)
    await expect(redis.zadd(list, { score: 1, member: 'a' })).rejects.toThrow(/WRONGTYPE/)
    await expect(redis.get(list)).rejects.toThrow(/WRONGTYPE/)
    await expect(redis.set(list, 'v', { get: true })).rejects.toThrow(/WRONGTYPE/)
    expect(await redis.mget(text, list)).toEqual(['v', null])
    expect([await redis.type(text), await redis.type(list)]).toEqual(['string', 'list'])
    expect(await redis.set(list, 'now a text')).toBe('OK')
  })

  test('one bad command in a pipeline costs the others nothing', async () => {
    const [a, b] = [fresh(), fresh()]
    await redis.rpush(a, 'x')
    const answers = await redis.pipeline().incr(a).incr(b).exec({ keepErrors: true })
    expect(answers[0]?.error).toMatch(/WRONGTYPE/)
    expect(answers[1]).toMatchObject({ result: 1 })
  })
})
