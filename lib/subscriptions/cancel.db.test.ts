import { beforeEach, describe, expect, it } from 'vitest'
import { listAudit } from '@/db/queries/audit'
import { systemActor } from '@/lib/audit/actor'
import { readBilling } from '@/lib/billing/read'
import { shopper } from '@/lib/checkout/shop.fixture'
import { chargeTo } from '@/lib/outbox/history.fixture'
import { historyForFile } from '@/lib/outbox/history-for-file.fixture'
import { type Subscriber, subscriber } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { askedBy, refusalOf } from './asked.fixture'
import { cancelSubscription } from './cancel'
import { cancelNow } from './cancel-now'
import { keepSubscription } from './keep'

const { history } = historyForFile()
let me: Subscriber

beforeEach(async () => {
  me = await subscriber()
  await history.arrive()
})

const PERIOD_END = { when: 'period_end', feedback: 'unused', comment: null } as const
const NOW = { when: 'now', feedback: null, comment: null } as const
const billing = () => readBilling(me.workspaceId)
const atStripe = () => stripeClient().subscriptions.retrieve(me.subscriptionId)

const asked = () => askedBy(me)
const actions = async () => (await asked()).map(({ action }) => action)
const trail = async () => (await listAudit(me.customerId)).map(({ action }) => action)

describe('canceling', () => {
  it('ends the plan with its period, says why at Stripe, and is in the records before any webhook', async () => {
    await cancelSubscription(me.actor, PERIOD_END)
    expect(await billing()).toMatchObject({ status: 'active', isCanceling: true })
    expect((await atStripe()).cancellation_details).toMatchObject({ feedback: 'unused' })
    const [row] = await asked()
    expect(row).toMatchObject({
      action: 'subscription.request_cancel',
      actor: me.actor,
      after: { subscription: me.subscriptionId, feedback: 'unused' },
    })
    expect(await trail()).toContain('subscription.schedule_cancel')
  })

  it('pressed again, by two at once, or from a page out of the history, stays canceled', async () => {
    await Promise.all([1, 2].map(() => cancelSubscription(me.actor, PERIOD_END)))
    await cancelSubscription(me.actor, PERIOD_END)
    await history.arrive()
    expect(await billing()).toMatchObject({ isCanceling: true })
    expect((await trail()).filter((each) => each === 'subscription.schedule_cancel')).toHaveLength(
      1,
    )
  })

  it('is taken back by keeping, once, whichever way the end was planned', async () => {
    await cancelSubscription(me.actor, PERIOD_END)
    await keepSubscription(me.actor)
    await keepSubscription(me.actor)
    expect(await billing()).toMatchObject({ isCanceling: false })
    const { cancel_at, items } = await atStripe()
    expect(cancel_at).toBeNull()
    const end = items.data[0]?.current_period_end ?? 0
    await stripeClient().subscriptions.update(me.subscriptionId, { cancel_at: end })
    await keepSubscription(me.actor)
    expect((await atStripe()).cancel_at).toBeNull()
    expect(await actions()).toEqual([
      'subscription.request_cancel',
      'subscription.request_keep',
      'subscription.request_keep',
    ])
  })

  it('of a change that is planned for the period’s end ends that, too', async () => {
    await stripeClient().subscriptionSchedules.create({ from_subscription: me.subscriptionId })
    await cancelSubscription(me.actor, PERIOD_END)
    expect(await atStripe()).toMatchObject({ schedule: null, cancel_at_period_end: true })
  })

  it('while a payment is late ends the plan at once, and only where its page said so', async () => {
    await chargeTo(me, 'pm_card_chargeCustomerFail')
    await history.later(31, 2)
    expect(await billing()).toMatchObject({ status: 'past_due' })
    expect(await refusalOf(cancelSubscription(me.actor, PERIOD_END))).toBe('plan_moved_on')
    expect(await actions()).toEqual([])
    await cancelSubscription(me.actor, NOW)
    expect(await billing()).toMatchObject({ status: 'canceled', tier: 'free' })
    expect(await actions()).toEqual(['subscription.request_cancel_now'])
  })

  it('at once is not what a page of a plan in order can ask for', async () => {
    expect(await refusalOf(cancelSubscription(me.actor, NOW))).toBe('plan_moved_on')
    expect(await atStripe()).toMatchObject({ status: 'active', cancel_at: null })
  })

  it('is refused to a user without a plan, or whose plan has ended', async () => {
    const { actor } = await shopper()
    expect(await refusalOf(cancelSubscription(actor, PERIOD_END))).toBe('no_plan')
    await stripeClient().subscriptions.cancel(me.subscriptionId)
    expect(await refusalOf(cancelSubscription(me.actor, PERIOD_END))).toBe('no_plan')
    expect(await refusalOf(keepSubscription(me.actor))).toBe('no_plan')
  })

  it('at once by an operator gives back what the period cost, or nothing, and says which', async () => {
    const operator = systemActor('operator')
    expect(await cancelNow(operator, me.workspaceId, { refund: true })).toHaveLength(1)
    expect(await billing()).toMatchObject({ status: 'canceled' })
    expect(await refusalOf(cancelNow(operator, me.workspaceId, { refund: true }))).toBe('no_plan')
    const [charge] = (await stripeClient().charges.list({ customer: me.customerId })).data
    expect(charge).toMatchObject({ amount: 1900, amount_refunded: 1900 })
    expect(await asked()).toMatchObject([{ actor: operator, after: { refund: true } }])
  })
})

it('of another person nothing is touched: which plan it is comes from the session', async () => {
  const other = await subscriber()
  await history.arrive()
  await cancelSubscription(other.actor, PERIOD_END)
  expect(await billing()).toMatchObject({ isCanceling: false })
  expect(await asked()).toEqual([])
})
