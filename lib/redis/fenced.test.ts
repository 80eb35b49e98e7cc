import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { FAILURES, startBroken } from '@/scripts/redis/broken.fixture'
import { startRedis } from '@/scripts/redis/start'
import { openStore, type Store } from './client'
import { counted } from './counted.fixture'
import { findVersion, raiseFence, rememberVersion } from './fenced'

const redis = await startRedis({})
const store = openStore({ ...redis, budgetMs: 20_000 })
afterAll(redis.stop)

const thing = () => ({ namespace: randomUUID(), name: 'thing' })
const version = (fence: number) => ({ fence, value: { n: fence } })

test('a version is given out until a higher one is known, also when it is kept after that', async () => {
  const one = thing()
  expect(await findVersion(one, store)).toBeNull()
  await rememberVersion(one, version(4), 60, store)
  expect(await findVersion(one, store)).toEqual({ n: 4 })
  await raiseFence(one, 5, 60, store)
  expect(await findVersion(one, store)).toBeNull()
  // A process that read before the commit, and is late.
  await rememberVersion(one, version(4), 60, store)
  expect(await findVersion(one, store)).toBeNull()
  await rememberVersion(one, version(5), 60, store)
  expect(await findVersion(one, store)).toEqual({ n: 5 })
})

test('a fence that comes late lowers none', async () => {
  const one = thing()
  await rememberVersion(one, version(5), 60, store)
  await raiseFence(one, 6, 60, store)
  await raiseFence(one, 5, 60, store)
  expect(await findVersion(one, store)).toBeNull()
})

test('the fence is the highest of all that were raised, in whatever order they come', async () => {
  for (const order of [
    [5, 6, 7],
    [5, 7, 6],
    [6, 5, 7],
    [6, 7, 5],
    [7, 5, 6],
    [7, 6, 5],
    // Sent again by a client that did not hear the answer.
    [5, 7, 5],
  ]) {
    const one = thing()
    await rememberVersion(one, version(6), 60, store)
    await Promise.all(order.map((fence) => raiseFence(one, fence, 60, store)))
    expect(await findVersion(one, store)).toBeNull()
    await rememberVersion(one, version(7), 60, store)
    expect(await findVersion(one, store)).toEqual({ n: 7 })
  }
})

test('a fence whose answer came too late here, and that Redis raises after a later one, lowers none', async () => {
  const one = thing()
  const late: (() => Promise<unknown>)[] = []
  const slow: Store = {
    ask: async (call) => {
      late.push(() => store.ask(call))
      return { ok: false }
    },
  }
  await rememberVersion(one, version(5), 60, store)
  await raiseFence(one, 5, 60, slow)
  await raiseFence(one, 6, 60, store)
  for (const send of late) await send()
  expect(await findVersion(one, store)).toBeNull()
})

test('a fence is forgotten once nothing is kept that it could be of', async () => {
  const one = thing()
  await raiseFence(one, 5, 60, store)
  const ttl = await store.ask((client) => client.ttl(`${one.namespace}:fence:thing`))
  expect(ttl).toEqual({ ok: true, value: expect.toSatisfy((s: number) => s > 0 && s <= 60) })
})

test('what something else wrote under the name is no version', async () => {
  const one = thing()
  await store.ask((client) => client.set(`${one.namespace}:version:thing`, 'yes'))
  expect(await findVersion(one, store)).toBeNull()
})

test('versions that come at the same time share one request', async () => {
  const asked = counted(store)
  const all = Array.from({ length: 40 }, thing)
  await Promise.all(all.map((one) => rememberVersion(one, version(1), 60, asked)))
  expect(asked.asked).toBe(1)
  for (const one of all) expect(await findVersion(one, store)).toEqual({ n: 1 })
})

test('fences that are raised at the same time share one request, and each holds', async () => {
  const asked = counted(store)
  const all = Array.from({ length: 40 }, thing)
  await Promise.all(all.map((one) => rememberVersion(one, version(1), 60, store)))
  await Promise.all(all.map((one) => raiseFence(one, 2, 60, asked)))
  expect(asked.asked).toBe(1)
  for (const one of all) expect(await findVersion(one, store)).toBeNull()
})

/** Keeps a first version of each, no more at a time than one request takes. */
async function rememberEach(all: ReturnType<typeof thing>[]): Promise<void> {
  for (const some of [all.slice(0, 150), all.slice(150)])
    await Promise.all(some.map((one) => rememberVersion(one, version(1), 60, store)))
}

test('a request of a burst of fences that is lost once is sent again, and no fence of the burst is lost', async () => {
  const all = Array.from({ length: 201 }, thing)
  await rememberEach(all)
  let asked = 0
  // The second is lost on its way: Redis never has it.
  const losing: Store = {
    ask: async (call, how) => (++asked === 2 ? { ok: false } : store.ask(call, how)),
  }
  await Promise.all(all.map((one) => raiseFence(one, 2, 60, losing)))
  expect(asked).toBe(4)
  const held = await Promise.all(all.map((one) => findVersion(one, store)))
  expect(held.filter((value) => value !== null)).toEqual([])
})

test('fences are raised by the hundred, and a lost request loses no other hundred', async () => {
  const all = Array.from({ length: 201 }, thing)
  let asked = 0
  const losing: Store = {
    ask: async (call, how) => (++asked <= 2 ? { ok: false } : store.ask(call, how)),
  }
  await rememberEach(all)
  await Promise.all(all.map((one) => raiseFence(one, 2, 60, losing)))
  const held = await Promise.all(all.map((one) => findVersion(one, store)))
  expect(held.filter((value) => value !== null)).toHaveLength(100)
})

test.each(['stuck', 'garbled'] as const)(
  'versions that a Redis that is %s did not take hold back no raise of a fence',
  async (how) => {
    const broken = await startBroken(how)
    const failing = openStore(broken)
    for (let n = 0; n < 5; n += 1) await rememberVersion(thing(), version(1), 60, failing)
    const before = broken.asked()
    await raiseFence(thing(), 2, 60, failing)
    expect(broken.asked()).toBeGreaterThan(before)
    await broken.stop()
  },
)

test('a version is not sent to a Redis that is known to be away', async () => {
  const broken = await startBroken('garbled')
  const failing = openStore(broken)
  for (let n = 0; n < 3; n += 1) await raiseFence(thing(), 2, 60, failing)
  const before = broken.asked()
  await rememberVersion(thing(), version(1), 60, failing)
  expect(broken.asked()).toBe(before)
  await broken.stop()
})

test.each(FAILURES)(
  'with a Redis that is %s there is no version',
  { timeout: 9_000 },
  async (how) => {
    const broken = await startBroken(how)
    const without = openStore(broken)
    const one = thing()
    await rememberVersion(one, version(1), 60, without)
    await raiseFence(one, 2, 60, without)
    expect(await findVersion(one, without)).toBeNull()
    await broken.stop()
  },
)
