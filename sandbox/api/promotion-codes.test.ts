import { afterEach, beforeEach, expect, test } from 'vitest'
import { startStory } from '@/sandbox/test/story'

let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

test('a promotion code that others have taken meanwhile does not come back', async () => {
  const { stripe } = story
  const { id: coupon } = await stripe.coupons.create({ percent_off: 10 })
  const create = () =>
    stripe.promotionCodes.create({ code: 'SPRING', promotion: { type: 'coupon', coupon } })
  const first = await create()
  await stripe.promotionCodes.update(first.id, { active: false })
  await create()
  await expect(stripe.promotionCodes.update(first.id, { active: true })).rejects.toMatchObject({
    statusCode: 400,
    param: 'active',
  })
})
