import { describe, expect, it } from 'vitest'
import { countMoves } from '@/db/queries/price-moves'
import { readAmounts } from '@/lib/billing/amounts'
import { readBilling } from '@/lib/billing/read'
import { BRAND } from '@/lib/brand'
import { PLANS } from '@/lib/catalog/plans'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { formatMoney } from '@/lib/money'
import { finishMoves } from '@/lib/outbox/finish-price-moves'
import { chargeTo, emailsTo } from '@/lib/outbox/history.fixture'
import { type Subscriber, subscriber } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { refusalOf } from '@/lib/subscriptions/asked.fixture'
import { undoPlannedChange } from '@/lib/subscriptions/undo-change'
import { soak } from '@/scripts/test/soak.fixture'
import { raisedPrice } from './raised-price.fixture'

const SLOW = { timeout: 90_000 }
const NAME = PLANS[SMALL].name

const scene = raisedPrice()

describe('a dry run', SLOW, () => {
  it('writes nothing here or at Stripe, and says what each pays now and then', async () => {
    const report = await scene.run({ yes: false })
    expect(report.moved.get('usd')).toMatchObject({ count: 1, before: 1900, after: 2400 })
    expect(await scene.states()).toEqual([])
    expect(await scene.trail()).toEqual([])
    expect(await scene.schedule()).toBeNull()
    await scene.history.arrive()
    expect(await scene.subjects()).toEqual([])
  })

  it('leaves out who cancels, is late, on trial, paused, scheduled or without an amount, and says why', async () => {
    const others = [await subscriber(), await subscriber(), await subscriber(), await subscriber()]
    // Their price is the new one; they are to be at the old.
    for (const { subscriptionId: id, item } of others)
      await stripeClient().subscriptions.update(id, {
        items: [{ id: item, price: scene.from }],
        proration_behavior: 'none',
      })
    const [canceling, paused, scheduled, foreign] = others
    if (!canceling || !paused || !scheduled || !foreign) throw new Error('There are four.')
    await scene.history.arrive()
    const { update } = {
      update: stripeClient().subscriptions.update.bind(stripeClient().subscriptions),
    }
    await update(canceling.subscriptionId, { cancel_at_period_end: true })
    await update(paused.subscriptionId, { pause_collection: { behavior: 'void' } })
    await stripeClient().subscriptionSchedules.create({
      from_subscription: scheduled.subscriptionId,
    })
    await update(foreign.subscriptionId, { metadata: { app: 'another' } })
    await update(scene.me.subscriptionId, {
      trial_end: Math.floor((await scene.inDays(20)).getTime() / 1000),
      proration_behavior: 'none',
    })
    const report = await scene.run()
    expect(report.moved.size).toBe(0)
    const left = [...report.left].map(([why, { named }]) => [why, named])
    expect(Object.fromEntries(left)).toEqual({
      canceling: [canceling.subscriptionId],
      paused: [paused.subscriptionId],
      scheduled: [scheduled.subscriptionId],
      foreign: [foreign.subscriptionId],
      trialing: [scene.me.subscriptionId],
    })
    expect(await countMoves(scene)).toEqual({})
  })
})

describe('a move', SLOW, () => {
  it('charges the old price until the day, and from the first renewal on what the notice said', async () => {
    const before = await scene.charged()
    await scene.run()
    expect(await scene.states()).toEqual(['planned'])
    await scene.history.arrive()
    const [email, ...more] = await emailsTo(scene.me)
    expect(email?.subject).toMatch(new RegExp(`^The price of ${NAME} changes on `))
    expect(email?.text).toContain(`${NAME} costs $24.00 a month instead of $19.00`)
    expect(more).toEqual([])
    expect(await scene.charged()).toEqual(before)
    await scene.history.later(32)
    expect((await scene.charged())[0]).toBe(1900)
    expect(await scene.states()).toEqual(['planned'])
    await scene.history.later(31)
    expect((await scene.charged())[0]).toBe(2400)
    expect(await scene.states()).toEqual(['moved'])
    await scene.history.later(31)
    expect((await scene.charged())[0]).toBe(2400)
    expect(await scene.subjects()).toHaveLength(1)
    expect(await scene.trail()).toEqual([
      'price_move.move',
      'price_move.plan',
      'price_move.request',
    ])
  })

  soak(
    'of three seats with a coupon is announced and charged to the cent, in dollars and in yen',
    async () => {
      const yen = await subscriber()
      await stripeClient().subscriptions.cancel(yen.subscriptionId)
      for (const who of [scene.me, yen]) {
        const coupon = `c${who.userId}`
        await stripeClient().coupons.create({ id: coupon, percent_off: 15, duration: 'forever' })
      }
      await stripeClient().subscriptions.update(scene.me.subscriptionId, {
        items: [{ id: scene.me.item, quantity: 3 }],
        proration_behavior: 'none',
        discounts: [{ coupon: `c${scene.me.userId}` }],
      })
      const [card] = (await stripeClient().paymentMethods.list({ customer: yen.customerId })).data
      const inYen = await stripeClient().subscriptions.create({
        customer: yen.customerId,
        currency: 'jpy',
        items: [{ price: scene.from, quantity: 3 }],
        default_payment_method: card?.id ?? '',
        discounts: [{ coupon: `c${yen.userId}` }],
        metadata: { app: BRAND.stripe.app, env: 'test' },
      })
      await scene.history.arrive()
      const report = await scene.run({ days: 20 })
      expect(report.moved.get('usd')).toMatchObject({ before: 4845, after: 6120 })
      expect(report.moved.get('jpy')).toMatchObject({ before: 7140, after: 9180 })
      await scene.history.arrive()
      const saysOf = async (who: Subscriber) =>
        (await emailsTo(who)).find(({ subject }) => subject.startsWith('The price of'))?.text
      expect(await saysOf(scene.me)).toContain(`3 × ${NAME} costs $61.20 a month instead of $48.45`)
      expect(await saysOf(yen)).toContain(formatMoney({ amount: 9180, currency: 'jpy' }))
      await scene.history.later(32)
      expect((await scene.charged())[0]).toBe(6120)
      expect((await scene.charged(inYen.id))[0]).toBe(9180)
    },
  )

  it('goes on with a card and a tax that came after it was planned', async () => {
    await scene.run({ days: 20 })
    await scene.history.arrive()
    const { me } = scene
    const rate = await stripeClient().taxRates.create({
      ...{ display_name: 'VAT', percentage: 10, inclusive: false },
    })
    const card = await stripeClient().paymentMethods.attach('pm_card_mastercard', {
      customer: me.customerId,
    })
    await stripeClient().subscriptions.update(me.subscriptionId, {
      ...{ default_tax_rates: [rate.id], default_payment_method: card.id },
    })
    await scene.history.arrive()
    await scene.history.later(32)
    expect((await scene.charged())[0]).toBe(2640)
    const { default_payment_method: pinned } = await stripeClient().subscriptions.retrieve(
      me.subscriptionId,
    )
    expect(pinned).toBe(card.id)
    expect(await scene.states()).toEqual(['moved'])
  })

  it('asked for twice, or killed at any step, is planned once and announced once', async () => {
    // Killed before Stripe was asked.
    await scene.run({ kill: true })
    expect(await scene.states()).toEqual(['asked'])
    expect((await scene.run({ kill: true })).left.get('moving')?.count).toBe(1)
    // Killed between the two calls that make a schedule.
    await stripeClient().subscriptionSchedules.create({
      from_subscription: scene.me.subscriptionId,
    })
    await Promise.all([1, 2].map(() => finishMoves(scene, () => {})))
    await scene.history.arrive()
    await scene.run()
    await scene.history.arrive()
    expect(await scene.states()).toEqual(['planned'])
    expect(await scene.trail()).toEqual(['price_move.plan', 'price_move.request'])
    expect(await scene.subjects()).toHaveLength(1)
  })

  it('shows on the billing page as another price, which its customer cannot undo there', async () => {
    await scene.run({ days: 20 })
    await scene.history.arrive()
    const { next } = await readAmounts(scene.me.actor.id, await readBilling(scene.me.workspaceId))
    expect(next).toMatchObject({
      kind: 'charge',
      charge: { due: 2400 },
      coming: { kind: 'price', tier: SMALL },
    })
    expect(await refusalOf(undoPlannedChange(scene.me.actor))).toBe('price_is_set')
    expect(await scene.states()).toEqual(['planned'])
  })
})

soak('a late payment leaves a subscriber out', SLOW, async () => {
  await chargeTo(scene.me, 'pm_card_chargeCustomerFail')
  await scene.history.later(31, 2)
  expect((await scene.run()).left.get('not_active')?.named).toEqual([scene.me.subscriptionId])
})
