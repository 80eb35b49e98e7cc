import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Redis } from '@upstash/redis'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { startRedis } from '@/scripts/redis/start'
import { ROOT } from '@/scripts/stack/paths'
import { openStore } from './client'
import { unlessHeld } from './lock'
import { UnknownKeys } from './namespace'
import { paceRead } from './pace-read'
import { limitRate } from './rate-limit'
import { rememberCommitted } from './seen'
import { takeTurn } from './take-turn'

const redis = await startRedis({})
const budgetMs = 20_000
const inside = new Redis({ ...redis, retry: { retries: 0 } })
afterAll(redis.stop)

const production = openStore({ ...redis, namespace: 'production', budgetMs })
const test_ = openStore({ ...redis, namespace: 'test', budgetMs })

beforeEach(async () => {
  await inside.flushdb()
})

const RULE = {
  name: 'sign_in.mail',
  key: 'ada',
  limit: 2,
  windowSeconds: 60,
  whenDown: 'refuse',
} as const

test('a test deployment that shares a Redis refuses no user in production', async () => {
  for (let n = 0; n < 9; n += 1) await limitRate(RULE, test_)
  expect((await limitRate(RULE, test_)).allowed).toBe(false)
  expect((await limitRate(RULE, production)).allowed).toBe(true)
})

test('whatever is kept, is kept under the database it is of', async () => {
  const namespace = 'production'
  await limitRate(RULE, production)
  await rememberCommitted({ namespace, eventId: 'evt_1' }, production)
  await takeTurn({ namespace, name: 'help', seconds: 60 }, production)
  await paceRead({ namespace, perSecond: 5, urgent: false }, production)
  await unlessHeld(
    { namespace, name: 'refresh' },
    60_000,
    async () => {
      const keys = await inside.keys('*')
      expect(
        keys.toSorted().map((key) => key.replace(/(rate:[^:]+:|reads:|reads_minute:).*/, '$1…')),
      ).toEqual([
        'production:done:evt_1',
        'production:lock:refresh',
        'production:rate:sign_in.mail:…',
        'production:reads:…',
        'production:reads_minute:…',
        'production:turn:help',
      ])
    },
    production,
  )
})

describe('a key that a developer adds', () => {
  test('without a thought of the others is put there too, alone and with others', async () => {
    await production.ask((client) => client.set('mine', 1))
    await production.ask((client) => client.multi().incr('a').expire('a', 9).ttl('a').exec())
    await production.ask((client) => client.exec(['DELEX', 'mine', 'IFEQ', 2]))
    expect((await inside.keys('*')).toSorted()).toEqual(['production:a', 'production:mine'])
    expect(await production.ask((client) => client.get('mine'))).toEqual({ ok: true, value: 1 })
    expect(await test_.ask((client) => client.get('mine'))).toEqual({ ok: true, value: null })
  })

  test('that looks like another’s is still its own', async () => {
    await production.ask((client) => client.set('test:done:evt_1', 1))
    expect(await inside.keys('*')).toEqual(['production:test:done:evt_1'])
  })

  test('with a command that has its keys elsewhere stops the call that tries it', async () => {
    const many = production.ask((client) => client.mget('a', 'b'))
    await expect(many).rejects.toBeInstanceOf(UnknownKeys)
    await expect(production.ask((client) => client.flushdb())).rejects.toThrow(/Add flushdb/)
    // And is no failure of Redis, for which every caller would go on without it.
    expect(await production.ask((client) => client.ping())).toEqual({ ok: true, value: 'PONG' })
  })
})

test('one file of what is shipped speaks to Redis', () => {
  const shipped = ['app', 'db', 'lib'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .map((path) => join(folder, path))
      .filter((path) => /\.tsx?$/.test(path) && !/\.(test|fixture)\.tsx?$/.test(path)),
  )
  const speaks = (path: string) =>
    /from '@upstash|UPSTASH_REDIS_REST_URL\b.*fetch/.test(readFileSync(join(ROOT, path), 'utf8'))
  expect(shipped.filter(speaks)).toEqual(['lib/redis/client.ts'])
})
