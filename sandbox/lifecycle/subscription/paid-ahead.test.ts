import { afterEach, beforeEach, expect, test } from 'vitest'
import { setDunning } from '@/sandbox/lifecycle/dunning/policy'
import { startStory } from '@/sandbox/test/story'

const HOUR = 3600
const DAY = 24 * HOUR

let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
  story.sandbox.change(null, (tx) => setDunning(tx, { pause_on_first_failure: true }))
})

afterEach(() => story.stop())

/** A subscription that its refused renewal has paused. */
async function pausedByRenewal() {
  const { customer, subscription } = await story.subscribe()
  await story.swapCard(customer.id, subscription.id, 'pm_card_chargeCustomerFail')
  await story.advance(31 * DAY + 2 * HOUR)
  const { id, status, latest_invoice } = await story.stripe.subscriptions.retrieve(subscription.id)
  expect(status).toBe('paused')
  await story.swapCard(customer.id, id, 'pm_card_visa')
  return { id, invoice: String(latest_invoice) }
}

const now = { billing_cycle_anchor: { type: 'now' } } as const

test('what was paid while a failed payment kept it paused is credited when it is resumed', async () => {
  const { stripe, advance } = story
  const { id, invoice } = await pausedByRenewal()
  expect(await stripe.invoices.pay(invoice)).toMatchObject({ status: 'paid', total: 1900 })
  await advance(10 * DAY)
  await stripe.subscriptions.resume(id, now)
  const [resumption] = (await stripe.invoices.list({ subscription: id, limit: 1 })).data
  const [credit, period] = resumption?.lines.data ?? []
  expect(credit).toMatchObject({
    description: expect.stringMatching(/^Unused time on Pro after /),
    parent: {
      subscription_item_details: {
        proration: true,
        proration_details: { credited_items: { invoice } },
      },
    },
  })
  // About two thirds of a month are left.
  expect(-(credit?.amount ?? 0) / 1900).toBeCloseTo(20 / 30, 1)
  expect(period).toMatchObject({ amount: 1900 })
  expect(resumption?.total).toBe(1900 + (credit?.amount ?? 0))
})

test('nothing is credited for an unpaid renewal: it becomes void', async () => {
  const { stripe } = story
  const { id, invoice } = await pausedByRenewal()
  await stripe.subscriptions.resume(id, now)
  expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ status: 'void' })
  const [resumption] = (await stripe.invoices.list({ subscription: id, limit: 1 })).data
  expect(resumption).toMatchObject({ total: 1900, lines: { data: [{ amount: 1900 }] } })
})
