import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { readBilling } from '@/lib/billing/read'
import { historyForFile } from '@/lib/outbox/history-for-file.fixture'
import { type Subscriber, subscriber } from '@/lib/reconcile/subscribers.fixture'
import { connect, replaceStripeClient } from '@/lib/stripe/client'
import { startHttpWire } from '@/tests/harness/http-wire'
import { askedBy, refusalOf } from './asked.fixture'
import { cancelSubscription } from './cancel'

const CANCEL = { when: 'period_end', feedback: null, comment: null } as const
// A call of the SDK is made twice.
const TRIES = 2

const { shop, history } = historyForFile()
let wire: Awaited<ReturnType<typeof startHttpWire>>
let me: Subscriber
const cuts: { method: string; way: 'up' | 'down'; left: number } = {
  ...{ method: 'POST', way: 'up', left: 0 },
}

beforeAll(async () => {
  wire = await startHttpWire(shop.url, ({ method, path, way }) => {
    const isIt = path.startsWith('/v1/subscriptions/') && method === cuts.method
    if (!isIt || way !== cuts.way || cuts.left === 0) return undefined
    cuts.left -= 1
    return 'cut'
  })
  replaceStripeClient(connect({ secretKey: 'sk_test_wire', apiBase: new URL(wire.url) }))
})
beforeEach(async () => {
  me = await subscriber()
  await history.arrive()
})
afterAll(() => {
  wire.close()
})

it('an act whose answer is lost is not called undone: the records say what became of it', async () => {
  Object.assign(cuts, { method: 'POST', way: 'down', left: TRIES })
  expect(await refusalOf(cancelSubscription(me.actor, CANCEL))).toBe('outcome_unknown')
  expect(await readBilling(me.workspaceId)).toMatchObject({ isCanceling: true })
  await cancelSubscription(me.actor, CANCEL)
  expect(await askedBy(me)).toHaveLength(1)
})

it('an act that never reached Stripe is on record as asked for, and can be asked for again', async () => {
  Object.assign(cuts, { method: 'POST', way: 'up', left: TRIES })
  expect(await refusalOf(cancelSubscription(me.actor, CANCEL))).toBe('outcome_unknown')
  expect(await readBilling(me.workspaceId)).toMatchObject({ isCanceling: false })
  await cancelSubscription(me.actor, CANCEL)
  expect(await readBilling(me.workspaceId)).toMatchObject({ isCanceling: true })
  expect(await askedBy(me)).toHaveLength(2)
})

it('while Stripe cannot be asked how things are nothing is asked for, and nothing is written', async () => {
  Object.assign(cuts, { method: 'GET', way: 'up', left: TRIES })
  expect(await refusalOf(cancelSubscription(me.actor, CANCEL))).toBe('stripe_away')
  expect(await askedBy(me)).toEqual([])
})
