import { afterEach, beforeEach, expect, test } from 'vitest'
import { startStory } from '@/sandbox/test/story'
import { openHeap } from './heap'

const HOUR = 3600
const DAY = 24 * HOUR

let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

test('what was put in any order comes out in order, and what is taken out is gone', () => {
  const heap = openHeap<number>((a, b) => a < b)
  const numbers = [5, 3, 9, 1, 1, 7, 0, 8, 2, 6, 4]
  for (const number of numbers) heap.push(number)
  const out = []
  for (let next = heap.pop(); next !== undefined; next = heap.pop()) {
    out.push(next)
    if (next === 3) heap.push(3.5)
  }
  expect(out).toEqual([...numbers, 3.5].sort((a, b) => a - b))
  expect(heap.peek()).toBeUndefined()
})

test('a trial whose end was announced does not hold up what comes before its end', async () => {
  const { stripe, catalog, advance } = story
  const items = [{ price: catalog.proMonthly.id }]
  const { id: customer } = await stripe.customers.create({ name: 'Ana' })
  await stripe.subscriptions.create({ customer, items, trial_period_days: 10 })
  await advance(7 * DAY + HOUR)
  const waiting = await stripe.subscriptions.create({
    customer,
    items,
    payment_behavior: 'default_incomplete',
  })
  await advance(DAY)
  expect((await stripe.subscriptions.retrieve(waiting.id)).status).toBe('incomplete_expired')
})
