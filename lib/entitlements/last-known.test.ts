import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { openStore } from '@/lib/redis/client'
import { day, entitlement, NOW, row } from '@/lib/sync/rows.fixture'
import { newWorkspaceId } from '@/lib/workspaces/someone.fixture'
import { startRedis } from '@/scripts/redis/start'
import { answerOf } from './answer'
import { findLastKnown, raiseAccessFence, rememberAnswer } from './last-known'

vi.mock('@/lib/env', () => ({ env: () => ({ databaseFingerprint: 'db-1' }) }))

const redis = await startRedis({})
const store = openStore({ ...redis, budgetMs: 20_000 })
afterAll(redis.stop)
afterEach(() => void vi.useRealTimers())

const PAID = answerOf(
  { entitlement: entitlement({ fence: 4 }), overrides: [], subscriptions: [row()] },
  NOW,
)
const FREE = answerOf({ entitlement: null, overrides: [], subscriptions: [] }, NOW)

async function kept() {
  const workspaceId = newWorkspaceId()
  rememberAnswer(workspaceId, PAID, store)
  const find = (now = NOW) => findLastKnown(workspaceId, now, store)
  await vi.waitFor(async () => expect(await find()).not.toBeNull())
  return { workspaceId, find }
}

test('what was kept is given out as it was, and says that it is only what was last known', async () => {
  const { find } = await kept()
  expect(await find()).toEqual({ ...PAID, source: 'last_known' })
})

test('it is given out for a minute of real time', async () => {
  const { find } = await kept()
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.advanceTimersByTime(58_000)
  expect(await find()).not.toBeNull()
  vi.advanceTimersByTime(3_000)
  expect(await find()).toBeNull()
})

test('it is not given out once it has run out, by business time', async () => {
  const { find } = await kept()
  expect(await find(new Date(day(34).getTime() - 1))).not.toBeNull()
  expect(await find(day(34))).toBeNull()
})

test('it is not given out once a higher fence is known', async () => {
  const { workspaceId, find } = await kept()
  await raiseAccessFence(workspaceId, PAID.fence, store)
  expect(await find()).not.toBeNull()
  await raiseAccessFence(workspaceId, PAID.fence + 1, store)
  expect(await find()).toBeNull()
})

test('an answer that allows nothing is not kept', async () => {
  const workspaceId = newWorkspaceId()
  rememberAnswer(workspaceId, FREE, store)
  const other = await kept()
  expect(await other.find()).not.toBeNull()
  expect(await findLastKnown(workspaceId, NOW, store)).toBeNull()
})

test.each([
  ['a feature that the catalog does not have', { features: ['teleport'] }],
  ['a plan that it does not have', { tier: 'gold' }],
  ['no end', { validUntil: undefined }],
  ['no time', { readAt: 'yesterday' }],
  ['a time to come', { readAt: Date.now() + 60_000 }],
])('what another version wrote, with %s, is not believed', async (_, over) => {
  const { workspaceId, find } = await kept()
  const value = { ...PAID, readAt: Date.now(), ...over }
  const key = `db-1:version:access:${workspaceId}`
  await store.ask((client) => client.set(key, JSON.stringify({ fence: 4, value })))
  expect(await find()).toBeNull()
})
