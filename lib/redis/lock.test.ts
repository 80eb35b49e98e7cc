import { randomUUID } from 'node:crypto'
import { Redis } from '@upstash/redis'
import { afterAll, expect, test, vi } from 'vitest'
import { FAILURES, startBroken } from '@/scripts/redis/broken.fixture'
import { startRedis } from '@/scripts/redis/start'
import { openStore, type Store } from './client'
import { type Lock, unlessHeld } from './lock'

const redis = await startRedis({})
// A busy machine is no failure: only tests of failures keep to the real budget.
const store = openStore({ ...redis, budgetMs: 20_000 })
const client = new Redis({ ...redis, retry: { retries: 0 } })
afterAll(redis.stop)

const LONG_MS = 60_000
const EVENTUALLY = { timeout: 15_000 }
const fresh = (): Lock => ({ namespace: 'db-1', name: randomUUID() })
const done = async () => 'done'

/** Work that goes on until it is stopped. */
function begin(lock: Lock, ttlMs = LONG_MS, through: Store = store) {
  let end = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  let began = () => {}
  const running = new Promise<void>((resolve) => {
    began = resolve
  })
  const work = () => {
    began()
    return ended
  }
  return { running, end, over: unlessHeld(lock, ttlMs, work, through) }
}

test('while one works the others do not, and afterwards the next one may', async () => {
  const lock = fresh()
  const first = begin(lock)
  await first.running
  expect(await unlessHeld(lock, LONG_MS, done, store)).toBeNull()
  first.end()
  expect(await first.over).toEqual({ value: undefined })
  expect(await unlessHeld(lock, LONG_MS, done, store)).toEqual({ value: 'done' })
})

test('of fifty at once one works', async () => {
  const lock = fresh()
  const all = Array.from({ length: 50 }, () => begin(lock))
  const answers: unknown[] = []
  for (const { over } of all) void over.then((answer) => answers.push(answer))
  await expect.poll(() => answers, EVENTUALLY).toHaveLength(49)
  expect(answers.filter((answer) => answer !== null)).toEqual([])
  for (const { end } of all) end()
  await expect.poll(() => answers, EVENTUALLY).toHaveLength(50)
  expect(answers.at(-1)).toEqual({ value: undefined })
})

test('an owner that held it too long does not take it from the next one', async () => {
  const lock = fresh()
  const slow = begin(lock, 20)
  await slow.running
  await vi.waitFor(async () => expect(await client.dbsize()).toBe(0), EVENTUALLY)
  const next = begin(lock)
  await next.running
  slow.end()
  await slow.over
  expect(await unlessHeld(lock, LONG_MS, done, store)).toBeNull()
  next.end()
  await next.over
})

test('work that fails lets go, and fails', async () => {
  const lock = fresh()
  const broken = () => Promise.reject(new Error('mine'))
  await expect(unlessHeld(lock, LONG_MS, broken, store)).rejects.toThrow('mine')
  expect(await unlessHeld(lock, LONG_MS, done, store)).toEqual({ value: 'done' })
})

test('one database does not hold up another', async () => {
  const lock = fresh()
  const first = begin(lock)
  await first.running
  expect(await unlessHeld({ ...lock, namespace: 'db-2' }, LONG_MS, done, store)).not.toBeNull()
  first.end()
  await first.over
})

test('an answer that was lost does not make a process wait for itself', async () => {
  const lock = fresh()
  let asked = 0
  // Asked twice, as the client does when the connection died under the first answer.
  const twice: Store = {
    async ask(call) {
      asked += 1
      if (asked === 1) await store.ask(call)
      return store.ask(call)
    },
  }
  expect(await unlessHeld(lock, LONG_MS, done, twice)).toEqual({ value: 'done' })
})

// breakage: Redis is down, slow, stuck, refuses or talks nonsense | nothing; work that it would have saved is done
test.each(FAILURES)(
  'with a Redis that is %s every process goes on',
  { timeout: 9_000 },
  async (how) => {
    const broken = await startBroken(how)
    const without = openStore(broken)
    expect(await unlessHeld(fresh(), LONG_MS, done, without)).toEqual({ value: 'done' })
    await broken.stop()
  },
)
