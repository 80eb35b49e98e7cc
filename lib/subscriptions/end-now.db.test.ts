import { beforeEach, expect, it } from 'vitest'
import { readBilling } from '@/lib/billing/read'
import { historyForFile } from '@/lib/outbox/history-for-file.fixture'
import { type Subscriber, subscriber } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { askedBy, refusalOf } from './asked.fixture'
import { cancelSubscription } from './cancel'
import { readEndNow } from './end-now'

const REFUNDS = { pauseMonths: [], endNow: 'refund_unused' } as const
const KEEPS = { pauseMonths: [], endNow: 'keep_money' } as const
const NOW = { when: 'now', feedback: null, comment: null } as const

const { history } = historyForFile()
let me: Subscriber

beforeEach(async () => {
  me = await subscriber()
  await history.arrive()
  await history.later(15)
})

const back = async () => {
  const { data } = await stripeClient().charges.list({ customer: me.customerId })
  return data.reduce((sum, { amount_refunded: amount }) => sum + amount, 0)
}
const ended = async () => (await readBilling(me.workspaceId)).status === 'canceled'

it('as it is shipped offers no end at once, and takes none, whatever a form says', async () => {
  expect(await readEndNow(me.actor)).toBeNull()
  const { offer = '' } = (await readEndNow(me.actor, REFUNDS)) ?? {}
  expect(await refusalOf(cancelSubscription(me.actor, { ...NOW, offer }))).toBe('plan_moved_on')
  expect(await refusalOf(cancelSubscription(me.actor, NOW, REFUNDS))).toBe('plan_moved_on')
  expect([await ended(), await back()]).toEqual([false, 0])
})

it('with a refund sends back what is shown for the time that is left, once, and is on record', async () => {
  const found = await readEndNow(me.actor, REFUNDS)
  if (!found) throw new Error('It is offered.')
  const { offer, refund } = found
  // About half of the month, to the second.
  expect(refund.amount).toBeGreaterThan(850)
  expect(refund.amount).toBeLessThan(1050)
  await cancelSubscription(me.actor, { ...NOW, feedback: 'unused', offer }, REFUNDS)
  expect([await ended(), await back()]).toEqual([true, refund.amount])
  expect(await askedBy(me)).toMatchObject([
    {
      ...{ action: 'subscription.request_cancel_now', actor: me.actor },
      after: { subscription: me.subscriptionId, amount: refund.amount, feedback: 'unused' },
    },
  ])
  expect(await refusalOf(cancelSubscription(me.actor, { ...NOW, offer }, REFUNDS))).toBe('no_plan')
  expect(await back()).toBe(refund.amount)
})

it('tried again after a crash between the refund and the end sends nothing twice', async () => {
  const { offer = '', refund } = (await readEndNow(me.actor, REFUNDS)) ?? {}
  const { charges, refunds } = stripeClient()
  const [charge] = (await charges.list({ customer: me.customerId })).data
  const { at } = JSON.parse(Buffer.from(offer.split('.')[0] ?? '', 'base64url').toString()).value
  const mark = `end_now:${me.subscriptionId}:${Math.floor(at / 1000)}`
  await refunds.create({
    ...{ charge: String(charge?.id), amount: refund?.amount ?? 0, metadata: { mark } },
  })
  await cancelSubscription(me.actor, { ...NOW, offer }, REFUNDS)
  expect([await ended(), await back()]).toEqual([true, refund?.amount])
})

it('is refused over another amount than was shown, by another, and after its time', async () => {
  const { offer = '' } = (await readEndNow(me.actor, REFUNDS)) ?? {}
  const other = await subscriber()
  await history.arrive()
  expect(await refusalOf(cancelSubscription(other.actor, { ...NOW, offer }, REFUNDS))).toBe(
    'offer_over',
  )
  const [charge] = (await stripeClient().charges.list({ customer: me.customerId })).data
  await stripeClient().refunds.create({ charge: String(charge?.id), amount: 1500 })
  expect(await refusalOf(cancelSubscription(me.actor, { ...NOW, offer }, REFUNDS))).toBe(
    'amount_changed',
  )
  expect([await ended(), await back()]).toEqual([false, 1500])
  // At most what is left of what came in goes back.
  expect((await readEndNow(me.actor, REFUNDS))?.refund.amount).toBe(400)
})

it('without a refund ends the plan at once and keeps the money', async () => {
  const found = await readEndNow(me.actor, KEEPS)
  expect(found?.refund.amount).toBe(0)
  await cancelSubscription(me.actor, { ...NOW, offer: found?.offer }, KEEPS)
  expect([await ended(), await back()]).toEqual([true, 0])
})
