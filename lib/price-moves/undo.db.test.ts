import { beforeEach, describe, expect, it } from 'vitest'
import { countMoves } from '@/db/queries/price-moves'
import { readBilling } from '@/lib/billing/read'
import { PLANS } from '@/lib/catalog/plans'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { cancelSubscription } from '@/lib/subscriptions/cancel'
import { changePlan } from '@/lib/subscriptions/change-plan'
import { reviewChange } from '@/lib/subscriptions/review-change'
import { soak } from '@/scripts/test/soak.fixture'
import { raisedPrice } from './raised-price.fixture'

const SLOW = { timeout: 90_000 }
const NAME = PLANS[SMALL].name

const scene = raisedPrice()

describe('an undo', SLOW, () => {
  it('before the day keeps the old price, says so to who was notified, and the second one does nothing', async () => {
    await scene.run({ days: 20 })
    await scene.history.arrive()
    expect(await scene.undo()).toEqual({ asked: 1, tooLate: 0 })
    expect(await scene.undo()).toEqual({ asked: 0, tooLate: 0 })
    expect(await scene.states()).toEqual(['undone'])
    await scene.history.arrive()
    expect((await scene.subjects()).at(-1)).toBe(`The price of ${NAME} stays as it is`)
    await scene.history.later(32)
    expect((await scene.charged())[0]).toBe(1900)
    expect(await scene.subjects()).toHaveLength(2)
    expect(await scene.trail()).toEqual([
      'price_move.plan',
      'price_move.request',
      'price_move.request_undo',
      'price_move.undo',
    ])
  })

  it('that comes before Stripe was asked plans nothing, and writes to no one', async () => {
    await scene.run({ kill: true })
    await scene.undo()
    await scene.history.arrive()
    expect(await scene.states()).toEqual(['undone'])
    expect(await scene.schedule()).toBeNull()
    expect(await scene.subjects()).toEqual([])
  })

  it('after the day takes nothing back', async () => {
    await scene.run({ days: 20 })
    await scene.history.later(32)
    expect(await scene.undo()).toEqual({ asked: 0, tooLate: 0 })
    expect(await countMoves(scene)).toEqual({ moved: 1 })
  })
})

describe('what its customer does meanwhile counts', SLOW, () => {
  beforeEach(async () => {
    await scene.run({ days: 40 })
    await scene.history.arrive()
  })

  it('a cancellation ends the move with the plan', async () => {
    await cancelSubscription(scene.me.actor, { when: 'period_end', feedback: null, comment: null })
    expect(await scene.states()).toEqual(['left: canceled'])
    await scene.history.later(32)
    expect((await readBilling(scene.me.workspaceId)).tier).toBe('free')
  })

  soak('a greater plan takes its place', async () => {
    const { offer } = await reviewChange(scene.me.actor, { tier: GREAT, interval: 'month' })
    await changePlan(scene.me.actor, { offer, agreed: true })
    expect(await scene.states()).toEqual(['left: changed_plan'])
    await scene.history.later(65)
    expect(await readBilling(scene.me.workspaceId)).toMatchObject({ tier: GREAT, status: 'active' })
  })

  soak('an end at Stripe itself closes it', async () => {
    await stripeClient().subscriptions.cancel(scene.me.subscriptionId)
    await scene.history.arrive()
    expect(await scene.states()).toEqual(['left: ended'])
  })

  soak(
    'a schedule that someone released at Stripe closes it at its renewal, at the old price',
    async () => {
      const schedule = await scene.schedule()
      await stripeClient().subscriptionSchedules.release(schedule?.id ?? '')
      await scene.history.later(65)
      expect((await scene.charged())[0]).toBe(1900)
      expect(await scene.states()).toEqual(['left: dropped'])
    },
  )
})
