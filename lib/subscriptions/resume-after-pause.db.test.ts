import { beforeEach, describe, expect, it } from 'vitest'
import { readAmounts } from '@/lib/billing/amounts'
import { readBilling } from '@/lib/billing/read'
import { priceForTier } from '@/lib/catalog/price-for-tier'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { chargeTo } from '@/lib/outbox/history.fixture'
import { historyForFile } from '@/lib/outbox/history-for-file.fixture'
import { type Subscriber, subscriber } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { soak } from '@/scripts/test/soak.fixture'
import { askedBy, putOnFile, refusalOf } from './asked.fixture'
import { changePlan } from './change-plan'
import { pauseSubscription } from './pause'
import { putCardToUse } from './put-card-to-use'
import { resumeSubscription } from './resume'
import { reviewChange } from './review-change'
import { shownCharge } from './shown-charge'

const { history } = historyForFile()
let me: Subscriber

beforeEach(async () => {
  me = await subscriber()
  await history.arrive()
})

const billing = () => readBilling(me.workspaceId)
const resumption = async () => (await readAmounts(me.actor.id, await billing())).resumption
const shown = async () => shownCharge(null, await resumption())
const pressResume = async () => resumeSubscription(me.actor, await shown())
const invoices = async () =>
  (await stripeClient().invoices.list({ subscription: me.subscriptionId })).data
const became = async () => (await invoices()).map(({ status }) => status).reverse()
const ACTIVE = { status: 'active', access: 'full', collectionPaused: null }
const OFF = { status: 'active', access: 'none', tier: 'free' }

/** In the draft hour of the renewal that the pause will let pass, or a day later. */
async function pausedPast(boundary: 'by minutes' | 'by a day') {
  const { currentPeriodEnd } = await billing()
  await pauseSubscription(me.actor, 3)
  const left = Math.ceil((Number(currentPeriodEnd) - (await history.now())) / 1000)
  // Stripe's clock goes by whole seconds.
  await history.later(0, (left + 600) / 3600)
  if (boundary === 'by a day') await history.later(1)
}

describe('a plan that is resumed after the period that was paid for has ended', () => {
  it('begins a new period that is paid for, and never one for nothing, however often it is done', async () => {
    for (const times of [1, 2]) {
      await pausedPast('by a day')
      expect(await billing()).toMatchObject({ ...OFF, money: { payment: 'skipped' } })
      expect(await resumption()).toEqual({ amount: 1900, currency: 'usd' })
      await pressResume()
      await history.arrive()
      expect(await billing()).toMatchObject({ ...ACTIVE, resumption: null })
      expect(await became()).toEqual(['paid', ...Array(times).fill(['void', 'paid'])].flat())
      const [newest] = await invoices()
      expect(newest).toMatchObject({ billing_reason: 'subscription_update', amount_paid: 1900 })
      const days = (Number((await billing()).currentPeriodEnd) - (await history.now())) / 86_400_000
      expect(days).toBeGreaterThan(27)
    }
    expect((await askedBy(me)).at(-1)).toMatchObject({
      ...{ action: 'subscription.request_resume', after: { way: 'restart' } },
    })
  })

  it('costs what its page named: nothing is charged for another amount or none, and once for two presses', async () => {
    const { id } = await stripeClient().coupons.create({ percent_off: 20, duration: 'forever' })
    await stripeClient().subscriptions.update(me.subscriptionId, { discounts: [{ coupon: id }] })
    await pausedPast('by a day')
    await stripeClient().customers.update(me.customerId, { balance: -300 })
    expect(await resumption()).toEqual({ amount: 1520 - 300, currency: 'usd' })
    for (const [other, refused] of [
      [undefined, 'amount_not_shown'],
      ['', 'amount_not_shown'],
      ['resumes 1900 usd', 'amount_changed'],
    ] as const)
      expect(await refusalOf(resumeSubscription(me.actor, other))).toBe(refused)
    expect(await billing()).toMatchObject({ ...OFF, collectionPaused: {} })
    const agreed = await shown()
    await Promise.all([1, 2].map(() => resumeSubscription(me.actor, agreed)))
    await resumeSubscription(me.actor, agreed)
    expect(await billing()).toMatchObject(ACTIVE)
    expect(await became()).toEqual(['paid', 'void', 'paid'])
    expect((await invoices())[0]).toMatchObject({ amount_paid: 1220 })
  })

  it('stays paused while its card is refused, and goes on with another', async () => {
    await pausedPast('by a day')
    const { collectionPaused } = await billing()
    await chargeTo(me, 'pm_card_chargeCustomerFail')
    for (const _ of [1, 2]) expect(await refusalOf(pressResume())).toBe('card_declined')
    expect(await billing()).toMatchObject({ ...OFF, collectionPaused })
    expect(await became()).toEqual(['paid', 'void'])
    await putOnFile(me, 'pm_card_visa')
    expect(await putCardToUse(me.actor, '')).toEqual({ kind: 'not_shown' })
    expect(await putCardToUse(me.actor, await shown())).toEqual({ kind: 'resumed' })
    expect(await billing()).toMatchObject(ACTIVE)
    expect(await became()).toEqual(['paid', 'void', 'paid'])
  })

  it('is not charged a period more where it is set to end', async () => {
    await pausedPast('by a day')
    await stripeClient().subscriptions.update(me.subscriptionId, { cancel_at_period_end: true })
    expect(await refusalOf(resumeSubscription(me.actor, 'resumes 1900 usd'))).toBe('plan_is_ending')
    expect(await became()).toEqual(['paid', 'void'])
  })
})

describe.each(['void', 'mark_uncollectible', 'keep_as_draft'] as const)(
  'a pause that was set at Stripe with %s and is taken back there after its boundary',
  (behavior) => {
    // What a written-off invoice pays for is `payment-of.test.ts`'s, as it is what a void one does.
    const one = behavior === 'mark_uncollectible' ? soak : it
    one(
      'leaves the plan off until it is paid for: by the button, or with its next period',
      async () => {
        const { update } = stripeClient().subscriptions
        const change = update.bind(stripeClient().subscriptions)
        await change(me.subscriptionId, { pause_collection: { behavior } })
        await history.later(33)
        await change(me.subscriptionId, { pause_collection: '' })
        await history.arrive()
        expect(await billing()).toMatchObject({ ...OFF, collectionPaused: null })
        expect(await resumption()).toEqual({ amount: 1900, currency: 'usd' })
        if (behavior === 'void') await history.later(31)
        else await pressResume()
        expect(await billing()).toMatchObject(ACTIVE)
        expect((await invoices())[0]).toMatchObject({ status: 'paid', amount_paid: 1900 })
      },
    )
  },
)

describe('in the hour in which the invoice that the pause would let pass is a draft', () => {
  it('resuming lets it be charged, over the amount that is named, and makes no other', async () => {
    await pausedPast('by minutes')
    expect(await became()).toEqual(['paid', 'draft'])
    expect(await resumption()).toEqual({ amount: 1900, currency: 'usd' })
    expect(await refusalOf(resumeSubscription(me.actor, ''))).toBe('amount_not_shown')
    await pressResume()
    expect(await billing()).toMatchObject({ collectionPaused: null })
    await history.later(0, 2)
    expect(await billing()).toMatchObject(ACTIVE)
    expect(await became()).toEqual(['paid', 'paid'])
  })
})

it('an operator’s void of a renewal that was asked for is a gift as before', async () => {
  await chargeTo(me, 'pm_card_chargeCustomerFail')
  await history.later(32)
  const [late] = await invoices()
  await stripeClient().invoices.voidInvoice(late?.id ?? '')
  await history.arrive()
  expect(await billing()).toMatchObject({ ...ACTIVE, money: { payment: 'void' } })
  expect(await resumption()).toBeNull()
})

it('a plan that is paused is not changed before it is resumed, so that no change is let pass with the rest', async () => {
  const UP = { tier: GREAT, interval: 'month' } as const
  const before = await reviewChange(me.actor, UP)
  await pauseSubscription(me.actor, 1)
  expect(await refusalOf(reviewChange(me.actor, UP))).toBe('resume_first')
  const press = () => changePlan(me.actor, { offer: before.offer, agreed: true })
  expect(await refusalOf(press())).toBe('resume_first')
  expect(await became()).toEqual(['paid'])
  await resumeSubscription(me.actor, '')
  expect(await press()).toEqual({ kind: 'changed' })
  expect(await billing()).toMatchObject({ ...ACTIVE, tier: GREAT })
})

it('a change that was made at Stripe while collection was paused moves nothing that was paid for', async () => {
  await stripeClient().subscriptions.update(me.subscriptionId, {
    pause_collection: { behavior: 'void' },
  })
  await history.later(5)
  await stripeClient().subscriptions.update(me.subscriptionId, {
    items: [{ id: me.item, price: await priceForTier(GREAT, 'month') }],
    proration_behavior: 'always_invoice',
  })
  await history.arrive()
  expect(await became()).toEqual(['paid', 'void'])
  expect(await billing()).toMatchObject({ tier: SMALL, access: 'full' })
})
