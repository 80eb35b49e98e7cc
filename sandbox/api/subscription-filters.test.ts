import { afterEach, beforeEach, expect, test } from 'vitest'
import { startStory } from '@/sandbox/test/story'

let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

test('subscriptions are listed by their price, their period, and whether they have ended', async () => {
  const { stripe, catalog } = story
  const first = await story.subscribe()
  const second = await story.subscribe()
  await stripe.subscriptions.update(second.subscription.id, {
    items: [{ id: second.item, price: catalog.proYearly.id }],
  })
  const listed = async (params: Parameters<typeof stripe.subscriptions.list>[0]) =>
    (await stripe.subscriptions.list(params)).data.map(({ id }) => id)
  const [monthly, yearly] = [first.subscription.id, second.subscription.id]
  expect(await listed({ price: catalog.proYearly.id })).toEqual([yearly])
  expect(await listed({ current_period_end: { gt: first.end + 60 } })).toEqual([yearly])
  expect(await listed({ current_period_end: { lte: first.end + 60 } })).toEqual([monthly])
  expect(await listed({ current_period_start: { lt: first.start } })).toEqual([])
  expect(await listed({ status: 'ended' })).toEqual([])
  await stripe.subscriptions.cancel(monthly)
  expect(await listed({ status: 'ended' })).toEqual([monthly])
  expect(await listed({})).toEqual([yearly])
})
