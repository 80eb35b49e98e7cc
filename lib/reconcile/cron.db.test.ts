import { expect, it, vi } from 'vitest'
import { GET as backfill } from '@/app/api/cron/backfill/route'
import { GET as reconcile } from '@/app/api/cron/reconcile/route'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { env } from '@/lib/env'
import { advance, subscriber } from './subscribers.fixture'

// The pace at which Stripe is asked keeps it free for others: here there are none.
vi.mock('node:timers/promises', () => ({ setTimeout: async () => {} }))

const shop = shopForFile()

async function call(route: typeof backfill, secret = env().cronSecret) {
  const headers = { authorization: `Bearer ${secret}` }
  const response = await route(new Request('http://localhost:3000/api/cron', { headers }))
  return { status: response.status, body: await response.json() }
}

it.each([
  ['backfill', backfill],
  ['reconcile', reconcile],
])('the job %s does not run for a caller without the secret', async (_, route) => {
  expect(await call(route, 'guess')).toMatchObject({ status: 401 })
})

it('the jobs answer what they found, and repair it in the same run', async () => {
  await subscriber()
  await advance(shop, 3600)
  const found = await call(backfill)
  expect(found).toMatchObject({
    status: 200,
    body: { early: 0, complete: true, lost: false, synced: { failed: 0 } },
  })
  expect(found.body.synced.done).toBeGreaterThan(0)
  expect(found.body.recovered).toBeGreaterThan(0)
  expect(await call(reconcile)).toEqual({
    status: 200,
    body: {
      compared: 1,
      drifted: 0,
      inFlight: 0,
      missing: 0,
      complete: true,
      synced: { done: 0, failed: 0 },
      followed: 0,
      noticed: 0,
      mailed: 0,
      reminded: 0,
      canceled: 0,
    },
  })
})
