import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { FAILURES, startBroken } from '@/scripts/redis/broken.fixture'
import { startRedis } from '@/scripts/redis/start'
import { openStore } from './client'

// A busy machine is no failure: only tests of failures keep to the real budget.
const PATIENT_MS = 20_000

test('an answer is handed on, nil included', async () => {
  const redis = await startRedis({})
  const store = openStore({ ...redis, budgetMs: PATIENT_MS })
  expect(await store.ask((client) => client.set('k', { a: 1 }))).toEqual({ ok: true, value: 'OK' })
  expect(await store.ask((client) => client.get('k'))).toEqual({ ok: true, value: { a: 1 } })
  expect(await store.ask((client) => client.get('none'))).toEqual({ ok: true, value: null })
  await redis.stop()
})

// The slow one says yes after ten seconds: a miss proves that the caller did not wait, whatever the machine.
test.each(FAILURES)('an endpoint that is %s is a miss', { timeout: 9_000 }, async (failure) => {
  const redis = await startBroken(failure)
  expect(await openStore(redis).ask((client) => client.get('k'))).toEqual({ ok: false })
  await redis.stop()
})

test('what Redis said of its writes outlives a request that was late', async () => {
  const tokens: unknown[] = []
  const server = createServer((request, response) => {
    tokens.push(request.headers['upstash-sync-token'])
    // The second is never answered.
    if (tokens.length !== 2)
      response.setHeader('upstash-sync-token', 'written').end('[{"result":null}]')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = Object(server.address())
  const store = openStore({ url: `http://127.0.0.1:${port}`, token: 't', budgetMs: 300 })
  const asked = [1, 2, 3].map(() => () => store.ask((client) => client.get('k')))
  const answers: boolean[] = []
  for (const ask of asked) answers.push((await ask()).ok)
  expect([answers, tokens]).toEqual([
    [true, false, true],
    ['', 'written', 'written'],
  ])
  server.closeAllConnections()
  server.close()
})

test('an answer that comes while this process is busy is no miss', async () => {
  let busyMs = 0
  const beBusy = () => {
    const until = performance.now() + busyMs
    while (performance.now() < until);
  }
  const redis = await startRedis({ before: beBusy })
  const store = openStore({ ...redis, budgetMs: 1_000 })
  await store.ask((client) => client.set('k', 'v'))
  // The same process plays Redis: it is busy between the request and its answer.
  busyMs = 1_500
  expect(await store.ask((client) => client.get('k'))).toEqual({ ok: true, value: 'v' })
  await redis.stop()
})

test('an endpoint that keeps failing is left alone', { timeout: 9_000 }, async () => {
  const redis = await startBroken('slow')
  const store = openStore(redis)
  for (let at = 0; at < 3; at++) await store.ask((client) => client.get('k'))
  const asked = redis.asked()
  expect(asked).toBeGreaterThanOrEqual(3)
  const misses = Array.from({ length: 500 }, () => store.ask((client) => client.get('k')))
  expect(new Set((await Promise.all(misses)).map(({ ok }) => ok))).toEqual(new Set([false]))
  expect(redis.asked()).toBe(asked)
  await redis.stop()
})

test('a connection that died while idle is opened again within the same call', async () => {
  const first = await startRedis({ token: 't' })
  const store = openStore({ ...first, budgetMs: PATIENT_MS })
  await store.ask((client) => client.set('k', 'v'))
  await first.stop()
  const second = await startRedis({ token: 't', port: first.port })
  expect(await store.ask((client) => client.get('k'))).toEqual({ ok: true, value: null })
  await second.stop()
})
