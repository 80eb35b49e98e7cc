import { beforeEach, describe, expect, it } from 'vitest'
import { readAmounts } from '@/lib/billing/amounts'
import { readBilling } from '@/lib/billing/read'
import { priceForTier } from '@/lib/catalog/price-for-tier'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { shopper } from '@/lib/checkout/shop.fixture'
import { chargeTo } from '@/lib/outbox/history.fixture'
import { historyForFile } from '@/lib/outbox/history-for-file.fixture'
import { type Subscriber, subscriber } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { soak } from '@/scripts/test/soak.fixture'
import { askedBy, pressPay, refusalOf } from './asked.fixture'
import { changePlan } from './change-plan'
import { reviewChange } from './review-change'
import { shownCharge } from './shown-charge'
import { undoPlannedChange } from './undo-change'

const { history } = historyForFile()
let me: Subscriber
beforeEach(async () => {
  me = await subscriber()
  await history.arrive()
})

const UP = { tier: GREAT, interval: 'month' } as const
const YEARLY = { tier: SMALL, interval: 'year' } as const
const billing = () => readBilling(me.workspaceId)
const actions = async () => (await askedBy(me)).map(({ action }) => action)
const invoices = async () =>
  (await stripeClient().invoices.list({ subscription: me.subscriptionId })).data
const agree = ({ offer }: { offer: string }) => changePlan(me.actor, { offer, agreed: true })
const coming = async () => {
  const read = await billing()
  const { next } = await readAmounts(me.actor.id, read)
  return next.kind === 'charge' ? next.charge.change : null
}

describe('a greater plan', () => {
  it('in the middle of a period costs to the cent what was shown, and is there at once', async () => {
    await stripeClient().coupons.create({
      id: `c${me.userId}`,
      percent_off: 20,
      duration: 'forever',
    })
    await stripeClient().subscriptions.update(me.subscriptionId, {
      discounts: [{ coupon: `c${me.userId}` }],
    })
    await stripeClient().customers.update(me.customerId, { balance: -300 })
    await history.later(11)
    const review = await reviewChange(me.actor, UP)
    expect(review).toMatchObject({ when: 'now', preview: { balance: -300 } })
    await history.later(0, 0.1)
    expect(await agree(review)).toEqual({ kind: 'changed' })
    expect(await agree(review)).toEqual({ kind: 'changed' })
    expect(await billing()).toMatchObject({ tier: GREAT, status: 'active' })
    const [made] = await invoices()
    expect(made).toMatchObject({
      ...{ status: 'paid', billing_reason: 'subscription_update' },
      ...{ amount_paid: review.preview.due, total: review.preview.total },
    })
    const [row] = await askedBy(me)
    expect(await actions()).toEqual(['subscription.request_change'])
    expect(row).toMatchObject({ actor: me.actor, after: { ...UP, due: review.preview.due } })
  })

  it('is not given while its card is refused, says why, and is there once it is paid', async () => {
    await chargeTo(me, 'pm_card_chargeCustomerFail')
    await history.later(3)
    expect(await refusalOf(agree(await reviewChange(me.actor, UP)))).toBe('card_declined')
    expect(await billing()).toMatchObject({ tier: SMALL, status: 'active' })
    expect(await coming()).toMatchObject({
      kind: 'waits',
      price: { id: await priceForTier(GREAT, 'month') },
    })
    const { open } = await readAmounts(me.actor.id, await billing())
    expect(shownCharge(open)).toMatch(/^in_\w+ \d{3,} usd$/)
    await chargeTo(me, 'pm_card_visa')
    expect(await pressPay(me.actor)).toEqual({ kind: 'paid' })
    expect(await billing()).toMatchObject({ tier: GREAT })
  })

  it('leads to Stripe’s page where the bank wants its customer to confirm it, and is not given before', async () => {
    await chargeTo(me, 'pm_card_authenticationRequired')
    await history.later(3)
    const answer = await agree(await reviewChange(me.actor, UP))
    expect(answer).toEqual({ kind: 'confirm', url: expect.stringContaining('/i/in_') })
    expect(await billing()).toMatchObject({ tier: SMALL })
  })

  it('is not charged without the user’s agreement, nor for another amount than they agreed to', async () => {
    await history.later(3)
    const { offer } = await reviewChange(me.actor, UP)
    expect(await refusalOf(changePlan(me.actor, { offer, agreed: false }))).toBe('not_agreed')
    await stripeClient().customers.update(me.customerId, { balance: 700 })
    expect(await refusalOf(changePlan(me.actor, { offer, agreed: true }))).toBe('amount_changed')
    expect(await actions()).toEqual([])
    expect(await billing()).toMatchObject({ tier: SMALL })
  })

  it('is not made by an offer of another person, one that is altered, or one for a plan that moved on', async () => {
    const other = await subscriber()
    await history.arrive()
    const { offer } = await reviewChange(other.actor, UP)
    expect(await refusalOf(agree({ offer }))).toBe('offer_over')
    const own = await reviewChange(me.actor, UP)
    expect(await refusalOf(agree({ offer: `${own.offer}x` }))).not.toBeNull()
    await stripeClient().subscriptions.update(me.subscriptionId, {
      items: [{ id: me.item, quantity: 2 }],
    })
    expect(await refusalOf(agree(own))).toBe('plan_moved_on')
    expect(await billing()).toMatchObject({ tier: SMALL })
  })
})

describe('the same plan by the year', () => {
  it('begins at once, with what is left of the month taken off', async () => {
    await history.later(10)
    const review = await reviewChange(me.actor, YEARLY)
    expect(review.when).toBe('now')
    expect(review.preview.due).toBeLessThan(19_000)
    expect(await agree(review)).toEqual({ kind: 'changed' })
    expect(await billing()).toMatchObject({ tier: SMALL, interval: 'year' })
    expect((await invoices())[0]).toMatchObject({ amount_paid: review.preview.due })
  })

  it('goes back to the month with the year, and not before', async () => {
    await agree(await reviewChange(me.actor, YEARLY))
    const review = await reviewChange(me.actor, { tier: SMALL, interval: 'month' })
    expect(review).toMatchObject({ when: 'period_end', preview: { due: 1900 } })
    expect(await agree(review)).toEqual({ kind: 'planned' })
    expect(await billing()).toMatchObject({ interval: 'year' })
    expect(await coming()).toMatchObject({ kind: 'planned', interval: 'month' })
  })
})

describe('a smaller plan', () => {
  beforeEach(async () => {
    await history.later(2)
    await agree(await reviewChange(me.actor, UP))
  })
  const DOWN = { tier: SMALL, interval: 'month' } as const

  it('waits for the end of what is paid for, is planned once, and then costs what was shown', async () => {
    const review = await reviewChange(me.actor, DOWN)
    expect(review).toMatchObject({ when: 'period_end', preview: { due: 1900 } })
    expect(await changePlan(me.actor, { offer: review.offer, agreed: false })).toEqual({
      kind: 'planned',
    })
    expect(await agree(review)).toEqual({ kind: 'planned' })
    expect((await actions()).slice(1)).toEqual(['subscription.request_change'])
    const { tier, currentPeriodEnd } = await billing()
    expect(tier).toBe(GREAT)
    expect(await coming()).toMatchObject({
      kind: 'planned',
      at: currentPeriodEnd,
      interval: 'month',
    })
    await history.later(30, 2)
    expect(await billing()).toMatchObject({ tier: SMALL, status: 'active' })
    expect((await invoices())[0]).toMatchObject({ amount_paid: review.preview.due })
  })

  it('keeps a code that takes something off for good: shown with it, and charged with it', async () => {
    const { id } = await stripeClient().coupons.create({ percent_off: 20, duration: 'forever' })
    const discounts = [{ coupon: id }]
    await stripeClient().subscriptions.update(me.subscriptionId, { discounts })
    const review = await reviewChange(me.actor, DOWN)
    expect(review).toMatchObject({ when: 'period_end', preview: { due: 1520 } })
    expect(await agree(review)).toEqual({ kind: 'planned' })
    await history.later(30, 2)
    expect((await invoices())[0]).toMatchObject({ amount_paid: 1520 })
    await history.later(31, 2)
    expect((await invoices())[0]).toMatchObject({ amount_paid: 1520 })
  })

  soak('keeps a code for some months for as long as it goes on, and no longer', async () => {
    // Given in the second of the sign-up, it would end in the second of the third charge, and not be part of it.
    await history.later(1)
    const { id } = await stripeClient().coupons.create({
      ...{ percent_off: 20, duration: 'repeating', duration_in_months: 2 },
    })
    await stripeClient().subscriptions.update(me.subscriptionId, { discounts: [{ coupon: id }] })
    await agree(await reviewChange(me.actor, DOWN))
    for (const due of [1520, 1520, 1900]) {
      await history.later(31, 2)
      expect((await invoices())[0]).toMatchObject({ amount_paid: due })
    }
  })

  it('is taken back before its day, and the greater one goes on', async () => {
    await agree(await reviewChange(me.actor, DOWN))
    await undoPlannedChange(me.actor)
    await undoPlannedChange(me.actor)
    expect(await coming()).toBeNull()
    expect((await actions()).slice(1)).toEqual([
      'subscription.request_change',
      'subscription.request_undo',
    ])
    await history.later(30, 2)
    expect(await billing()).toMatchObject({ tier: GREAT, status: 'active' })
  })

  it('that is planned gives way to another change', async () => {
    await agree(await reviewChange(me.actor, DOWN))
    const yearly = await reviewChange(me.actor, { tier: GREAT, interval: 'year' })
    expect(await agree(yearly)).toEqual({ kind: 'changed' })
    expect(await billing()).toMatchObject({ tier: GREAT, interval: 'year' })
    expect(await coming()).toBeNull()
  })
})

soak('on a trial another plan costs nothing before the trial ends', async () => {
  await stripeClient().subscriptions.update(me.subscriptionId, {
    trial_end: Math.floor((await history.now()) / 1000) + 20 * 86_400,
    proration_behavior: 'none',
  })
  await history.arrive()
  const before = (await invoices()).length
  const review = await reviewChange(me.actor, UP)
  expect(review).toMatchObject({ when: 'on_trial', preview: { due: 4900 } })
  expect(await changePlan(me.actor, { offer: review.offer, agreed: false })).toEqual({
    kind: 'changed',
  })
  expect(await billing()).toMatchObject({ tier: GREAT, status: 'trialing' })
  expect(await invoices()).toHaveLength(before)
})

it('a plan that is late, about to end, the same, or none is not changed, and says what to do first', async () => {
  expect(await refusalOf(reviewChange(me.actor, { tier: SMALL, interval: 'month' }))).toBe(
    'same_plan',
  )
  await stripeClient().subscriptions.update(me.subscriptionId, { cancel_at_period_end: true })
  expect(await refusalOf(reviewChange(me.actor, UP))).toBe('plan_is_ending')
  const { actor } = await shopper()
  expect(await refusalOf(reviewChange(actor, UP))).toBe('no_plan')
  await stripeClient().subscriptions.update(me.subscriptionId, { cancel_at_period_end: false })
  await chargeTo(me, 'pm_card_chargeCustomerFail')
  await history.later(31, 2)
  expect(await refusalOf(reviewChange(me.actor, UP))).toBe('pay_first')
})
