import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { startBroken } from '@/scripts/redis/broken.fixture'
import { startRedis } from '@/scripts/redis/start'
import { openStore } from './client'
import { takeTurn } from './take-turn'

const redis = await startRedis({})
const store = openStore({ ...redis, budgetMs: 20_000 })
afterAll(redis.stop)

test('of twenty in one process one has the turn', async () => {
  const turn = { namespace: randomUUID(), name: 'help', seconds: 5 }
  const turns = await Promise.all(Array.from({ length: 20 }, () => takeTurn(turn, store)))
  expect(turns.filter(Boolean)).toHaveLength(1)
})

test('a turn taken in one process is not given in another', async () => {
  const turn = { namespace: randomUUID(), name: 'help', seconds: 5 }
  await store.ask((client) => client.set(`${turn.namespace}:turn:help`, 1))
  expect(await takeTurn(turn, store)).toBe(false)
})

test('two databases have turns of their own', async () => {
  const turn = { name: 'help', seconds: 5 }
  expect(await takeTurn({ ...turn, namespace: randomUUID() }, store)).toBe(true)
  expect(await takeTurn({ ...turn, namespace: randomUUID() }, store)).toBe(true)
})

test('without Redis each process takes its own turns, and takes them again when they are over', async () => {
  const down = openStore(await startBroken('down'))
  const turn = { namespace: randomUUID(), name: 'help', seconds: 5 }
  expect(await takeTurn(turn, down, 0)).toBe(true)
  expect(await takeTurn(turn, down, 4_999)).toBe(false)
  expect(await takeTurn(turn, down, 5_000)).toBe(true)
})
