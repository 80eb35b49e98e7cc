import { afterAll, expect, test } from 'vitest'
import { startRedis } from './start'

// What the client cannot show: statuses, and bodies that it would never send.
const { url, token, port, stop } = await startRedis({ token: 'a token' })
afterAll(stop)

async function post(path: string, body: string, headers: Record<string, string> = {}) {
  const authorization = `Bearer ${token}`
  const response = await fetch(url + path, {
    method: 'POST',
    body,
    headers: { authorization, ...headers },
  })
  return { status: response.status, answer: await response.json() }
}

test('a missing or wrong token is a 401', async () => {
  const refused = { status: 401, answer: { error: 'WRONGPASS invalid or missing auth token' } }
  expect(await post('/', '["PING"]', { authorization: 'Bearer wrong' })).toEqual(refused)
  expect(await post('/pipeline', '[["PING"]]', { authorization: '' })).toEqual(refused)
})

test('a single command that fails is a 400, in a pipeline it is an item', async () => {
  expect(await post('/', '["NOPE"]')).toMatchObject({ status: 400 })
  expect(await post('/pipeline', '[["NOPE"],["PING"]]')).toMatchObject({
    status: 200,
    answer: [{ error: expect.stringMatching(/^ERR unknown command 'NOPE'/) }, { result: 'PONG' }],
  })
  expect(await post('/multi-exec', '[["NOPE"],["PING"]]')).toEqual({
    status: 400,
    answer: { error: 'EXECABORT Transaction discarded because of previous errors.' },
  })
})

test('texts are base64 only when asked for, integers, nil and OK never', async () => {
  const body = '[["SET","k","OK"],["GET","k"],["MGET","k","none"],["STRLEN","k"]]'
  const plain = [{ result: 'OK' }, { result: 'OK' }, { result: ['OK', null] }, { result: 2 }]
  const base64 = [{ result: 'OK' }, { result: 'OK' }, { result: ['T0s=', null] }, { result: 2 }]
  expect((await post('/pipeline', body)).answer).toEqual(plain)
  const asked = await post('/pipeline', body, { 'upstash-encoding': 'base64' })
  expect(asked.answer).toEqual(base64)
})

test.each([
  ['/', 'not json'],
  ['/', '{}'],
  ['/', '[]'],
  ['/', '[{}]'],
  ['/', '[null]'],
  ['/pipeline', '[]'],
  ['/pipeline', '["PING"]'],
  ['/multi-exec', '[[]]'],
])('POST %s with %s is a 400', async (path, body) => {
  expect(await post(path, body)).toMatchObject({
    status: 400,
    answer: { error: expect.stringMatching(/^ERR failed to parse/) },
  })
})

test('another path is a 404, another method a 405, a giant body a 413', async () => {
  expect((await post('/get/k', '')).status).toBe(404)
  const get = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
  expect(get.status).toBe(405)
  expect((await post('/', 'x'.repeat(11 * 1024 * 1024))).status).toBe(413)
})

test('half a surrogate pair does not break the answer', async () => {
  const answer = await post('/', String.raw`["ECHO","\ud800"]`)
  expect(answer).toEqual({ status: 200, answer: { result: '\ufffd' } })
})

test('a taken port is said so', async () => {
  await expect(startRedis({ port })).rejects.toThrow(/EADDRINUSE/)
})

test('a stopped server can be stopped again, and its port is free', async () => {
  const first = await startRedis({})
  await first.stop()
  await first.stop()
  const second = await startRedis({ port: first.port })
  expect(second.port).toBe(first.port)
  await second.stop()
})
