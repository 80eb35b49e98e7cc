import { afterEach, beforeEach, expect, test } from 'vitest'
import { startStory } from '@/sandbox/test/story'

let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

test('a subscription can be made to end with its first period', async () => {
  const { stripe, catalog } = story
  const { id: customer } = await stripe.customers.create({
    payment_method: 'pm_card_visa',
    invoice_settings: { default_payment_method: 'pm_card_visa' },
  })
  const items = [{ price: catalog.proMonthly.id }, { price: catalog.proYearly.id }]
  const ends = { min_period_end: 0, max_period_end: 1 } as const
  for (const [cancel_at, which] of Object.entries(ends)) {
    const made = await stripe.subscriptions.create({ customer, items, cancel_at })
    expect(made.cancel_at).toBe(made.items.data[which]?.current_period_end)
    expect(made.cancel_at_period_end).toBe(false)
  }
  expect(
    await stripe.subscriptions.create({ customer, items, cancel_at_period_end: true }),
  ).toMatchObject({ cancel_at: expect.any(Number), cancel_at_period_end: true })
  await expect(
    stripe.subscriptions.create({ customer, items, cancel_at: 1 }),
  ).rejects.toMatchObject({ param: 'cancel_at' })
})
