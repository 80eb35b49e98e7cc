import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { FAILURES, startBroken } from '@/scripts/redis/broken'
import { startRedis } from '@/scripts/redis/start'
import { openStore } from './client'
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
  // Someone who read before the commit, and is late.
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

test('what something else wrote under the name is no version', async () => {
  const one = thing()
  await store.ask((client) => client.set(`${one.namespace}:version:thing`, 'yes'))
  expect(await findVersion(one, store)).toBeNull()
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
