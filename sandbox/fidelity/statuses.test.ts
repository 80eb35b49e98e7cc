import { expect, test } from 'vitest'
import { setDunning } from '@/sandbox/lifecycle/dunning/policy'
import { startStory } from '@/sandbox/test-story'

const DAY = 86_400

test('after the last retry the account setting decides, and paying the latest invoice brings back', async () => {
  for (const [value, status] of [
    ['cancel', 'canceled'],
    ['mark_unpaid', 'unpaid'],
    ['pause', 'paused'],
    ['leave', 'past_due'],
  ] as const) {
    const { stripe, sandbox, subscribe, swapCard, advance, stop } = await startStory()
    sandbox.change(null, (tx) => setDunning(tx, { after_retries: value }))
    const { customer, subscription } = await subscribe()
    await swapCard(customer.id, subscription.id, 'pm_card_chargeCustomerFail')
    await advance(50 * DAY)
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe(status)
    if (value === 'mark_unpaid' || value === 'leave') {
      await swapCard(customer.id, subscription.id, 'pm_card_visa')
      await stripe.invoices.pay(
        String((await stripe.subscriptions.retrieve(subscription.id)).latest_invoice),
      )
      expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('active')
    }
    await stop()
  }
})

test('an idempotency key that comes again changes nothing', async () => {
  const { stripe, subscribe, lastEvent, stop } = await startStory()
  const { subscription } = await subscribe()
  const options = { idempotencyKey: 'pause-once' }
  const first = await stripe.subscriptions.pause(subscription.id, undefined, options)
  const last = await lastEvent()
  const again = await stripe.subscriptions.pause(subscription.id, undefined, options)
  expect(again).toEqual(first)
  expect(await lastEvent()).toBe(last)
  await stop()
})
