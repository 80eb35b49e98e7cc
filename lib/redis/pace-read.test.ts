import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { Unavailable } from '@/lib/errors'
import { startBroken } from '@/scripts/redis/broken.fixture'
import { startRedis } from '@/scripts/redis/start'
import { openStore, type Store } from './client'
import { counted } from './counted.fixture'
import { paceRead } from './pace-read'
import { readsPerMinute } from './reads-per-minute'

const redis = await startRedis({})
const broken = await startBroken('down')
const budgetMs = 20_000
const healthy = openStore({ ...redis, budgetMs })
const down = openStore(broken)
afterAll(redis.stop)

let namespace: string
let slept: number

beforeEach(() => {
  namespace = randomUUID()
  slept = 0
})

// A second of its own for each test, in which time passes only while a caller sleeps.
const START = 1_800_000_000_000
const time = {
  now: () => START + slept,
  random: () => 0,
  sleep: async (milliseconds: number) => {
    slept += milliseconds
  },
}
const read = (perSecond: number, store: Store, urgent = false) =>
  paceRead({ namespace, perSecond, urgent }, store, time)

describe('reads of Stripe', () => {
  test('begin at once while there is room in the second', async () => {
    for (let n = 0; n < 5; n += 1) await read(5, healthy)
    expect(slept).toBe(0)
  })

  test('beyond it wait for the next one', async () => {
    for (let n = 0; n < 6; n += 1) await read(5, healthy)
    expect(slept).toBe(1000)
  })

  test('are counted over all processes', async () => {
    const other = openStore({ ...redis, budgetMs })
    await Promise.all([read(2, healthy), read(2, other)])
    await read(2, other)
    expect(slept).toBe(1000)
  })

  test('that begin together are counted in one request, and no more than there is room for', async () => {
    const burst = counted(healthy)
    await Promise.all(Array.from({ length: 15 }, () => read(15, burst)))
    expect([burst.asked, slept]).toEqual([1, 0])
    await read(15, burst)
    expect(slept).toBe(1000)
  })

  test('ask Redis nothing in a second that it has called full', async () => {
    const burst = counted(healthy)
    for (let n = 0; n < 2; n += 1) await read(2, burst)
    expect(burst.asked).toBe(2)
    for (let n = 0; n < 3; n += 1) await read(2, burst, true)
    expect([burst.asked, slept]).toEqual([2, 0])
  })

  test('for which there is no room within five seconds are put off', async () => {
    // Others took the whole of each second before.
    const seconds = Array.from({ length: 7 }, (_, n) => START / 1000 + n)
    for (const second of seconds) {
      await healthy.ask((client) => client.set(`${namespace}:reads:${second}`, 99))
    }
    await expect(read(5, healthy)).rejects.toBeInstanceOf(Unavailable)
    expect(slept).toBe(5_000)
  })

  test('of a person never wait, and leave less room for the others', async () => {
    for (let n = 0; n < 3; n += 1) await read(2, healthy, true)
    expect(slept).toBe(0)
    const counted = () => healthy.ask((client) => client.get(`${namespace}:reads:${START / 1000}`))
    await vi.waitFor(async () => expect(await counted()).toEqual({ ok: true, value: 3 }))
    await read(2, healthy)
    expect(slept).toBe(1000)
  })

  test('of one process are two a second while Redis is down, whatever the limit', async () => {
    for (let n = 0; n < 3; n += 1) await read(15, down)
    expect(slept).toBe(1000)
  })
})

describe('the reads of a minute', () => {
  test('are counted for all processes together, also those that no one waited for', async () => {
    for (let n = 0; n < 7; n += 1) await read(5, healthy)
    const asked = { minutes: 3, now: START }
    await expect
      .poll(async () =>
        (await readsPerMinute(namespace, asked, healthy))?.map(({ reads }) => reads),
      )
      .toEqual([0, 0, 7])
  })

  test('are not known while Redis is down', async () => {
    expect(await readsPerMinute(namespace, { minutes: 3, now: START }, down)).toBeNull()
  })
})
