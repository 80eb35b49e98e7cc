import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startStory } from '@/sandbox/test/story'

const DAY = 86_400
const FROZEN = Date.UTC(2028, 0, 31, 12) / 1000

let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

describe('for a customer on a test clock', () => {
  test('a bank debit is answered days later by that clock, and by no other', async () => {
    const { clock, subscription } = await subscriber('pm_usBankAccount_success')
    await story.advance(10 * DAY)
    const invoice = async () =>
      (await story.stripe.invoices.list({ subscription, limit: 1 })).data[0]?.status
    expect(await invoice()).toBe('open')
    await advanceTo(clock, FROZEN + 4 * DAY - 1)
    expect(await invoice()).toBe('open')
    await advanceTo(clock, FROZEN + 4 * DAY)
    expect(await invoice()).toBe('paid')
    const [emitted] = (await story.stripe.events.list({ type: 'invoice.paid' })).data
    expect(emitted?.created).toBe(FROZEN + 4 * DAY)
  })

  test('a dispute is opened where the clock stands, and lost by that clock when no answer comes', async () => {
    const { clock } = await subscriber('pm_card_createDispute')
    const dispute = async () => (await story.stripe.disputes.list()).data[0]
    expect(await dispute()).toMatchObject({ created: FROZEN, status: 'needs_response' })
    await story.advance(60 * DAY)
    expect(await dispute()).toMatchObject({ status: 'needs_response' })
    await advanceTo(clock, FROZEN + 22 * DAY)
    expect(await dispute()).toMatchObject({ status: 'lost' })
  })

  test('an answer to a dispute is dated by the clock', async () => {
    await subscriber('pm_card_createDispute')
    const [dispute] = (await story.stripe.disputes.list()).data
    await story.stripe.disputes.update(dispute?.id ?? '', {
      evidence: { uncategorized_text: 'winning_evidence' },
    })
    const { data } = await story.stripe.events.list({ type: 'charge.dispute.*' })
    expect(data.map(({ type, created }) => [type.split('.').at(-1), created])).toEqual([
      ['funds_reinstated', FROZEN],
      ['closed', FROZEN],
      ['updated', FROZEN],
      ['funds_withdrawn', FROZEN],
      ['created', FROZEN],
    ])
  })

  test('nothing of it happens any more when the clock is deleted', async () => {
    const { clock } = await subscriber('pm_usBankAccount_insufficientFunds')
    await story.stripe.testHelpers.testClocks.del(clock)
    const before = await story.lastEvent()
    await story.advance(10 * DAY)
    expect(await story.eventsSince(before)).toEqual([])
  })
})

async function subscriber(testMethod: string) {
  const { stripe, catalog } = story
  const { id: clock } = await stripe.testHelpers.testClocks.create({ frozen_time: FROZEN })
  const customer = await stripe.customers.create({ test_clock: clock })
  const method = await stripe.paymentMethods.attach(testMethod, { customer: customer.id })
  const { id: subscription } = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: catalog.proMonthly.id }],
    default_payment_method: method.id,
  })
  return { clock, subscription }
}

async function advanceTo(clock: string, frozen_time: number) {
  await story.stripe.testHelpers.testClocks.advance(clock, { frozen_time })
  await expect
    .poll(async () => (await story.stripe.testHelpers.testClocks.retrieve(clock)).status)
    .toBe('ready')
}
