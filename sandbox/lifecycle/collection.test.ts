import type Stripe from 'stripe'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startStory } from '@/sandbox/test/story'

const HOUR = 3600
const DAY = 24 * HOUR

let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

describe('while collection is paused', () => {
  test.each([
    ['keep_as_draft', 'draft'],
    ['mark_uncollectible', 'uncollectible'],
    ['void', 'void'],
  ] as const)(
    '%s leaves the renewal %s, and collects again from the given day',
    async (behavior, status) => {
      const { subscription, end, created } = await subscriber()
      await story.stripe.subscriptions.update(subscription, {
        pause_collection: { behavior, resumes_at: end + 5 * DAY },
      })
      await story.advance(end - created + 2 * HOUR)
      expect(await retrieve(subscription)).toMatchObject({
        status: 'active',
        latest_invoice: { status, amount_paid: 0 },
      })
      const before = await story.lastEvent()
      await story.advance(5 * DAY)
      expect(await retrieve(subscription)).toMatchObject({ pause_collection: null })
      const [emitted, ...more] = await story.eventsSince(before)
      expect(more).toEqual([])
      expect(emitted).toMatchObject({
        type: 'customer.subscription.updated',
        created: end + 5 * DAY,
        data: { previous_attributes: { pause_collection: { behavior } } },
      })
      await story.advance(31 * DAY)
      expect(await retrieve(subscription)).toMatchObject({ latest_invoice: { status: 'paid' } })
      expect(
        (await story.stripe.events.list({ type: 'customer.subscription.paused' })).data,
      ).toEqual([])
    },
  )
})

describe('when the bank asks', () => {
  test('a first payment by the API waits too: incomplete, and expired after 23 hours', async () => {
    const { stripe, catalog, advance } = story
    const customer = await stripe.customers.create({ name: 'Ana' })
    const testMethod = 'pm_card_authenticationRequired'
    const method = await stripe.paymentMethods.attach(testMethod, { customer: customer.id })
    const { id } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: catalog.proMonthly.id }],
      default_payment_method: method.id,
    })
    expect(await retrieve(id)).toMatchObject({
      status: 'incomplete',
      latest_invoice: { status: 'open' },
    })
    const { data } = await stripe.events.list({ type: 'invoice.payment_action_required' })
    expect(data).toHaveLength(1)
    await advance(23 * HOUR - 60)
    expect(await retrieve(id)).toMatchObject({ status: 'incomplete' })
    const before = await story.lastEvent()
    await advance(120)
    expect(await retrieve(id)).toMatchObject({
      status: 'incomplete_expired',
      latest_invoice: { status: 'void' },
    })
    expect((await story.eventsSince(before)).map(({ type }) => type)).toEqual([
      'customer.subscription.updated',
      'payment_intent.canceled',
      'invoice.voided',
    ])
  })
})

describe('a dispute', () => {
  test('that is won gives the money back', async () => {
    const dispute = await disputed()
    const before = await story.lastEvent()
    await story.stripe.disputes.update(dispute, {
      evidence: { uncategorized_text: 'winning_evidence' },
    })
    expect(await types(before)).toEqual([
      'charge.dispute.updated',
      'charge.dispute.closed',
      'charge.dispute.funds_reinstated',
    ])
    expect(await story.stripe.disputes.retrieve(dispute)).toMatchObject({ status: 'won' })
    await expect(story.stripe.disputes.close(dispute)).rejects.toMatchObject({ statusCode: 400 })
  })

  test('that is accepted is lost at once, and its day passes without another word', async () => {
    const dispute = await disputed()
    const before = await story.lastEvent()
    await story.stripe.disputes.close(dispute)
    expect(await types(before)).toEqual(['charge.dispute.closed'])
    await story.advance(25 * DAY)
    expect((await types(before)).filter((type) => type.startsWith('charge.dispute'))).toEqual([
      'charge.dispute.closed',
    ])
  })
})

test('a customer who is deleted takes the subscription along, and nothing is charged after it', async () => {
  const { customer, subscription } = await subscriber()
  const before = await story.lastEvent()
  await story.stripe.customers.del(customer)
  expect(await types(before)).toEqual(['customer.subscription.deleted', 'customer.deleted'])
  expect(await retrieve(subscription)).toMatchObject({ status: 'canceled' })
  const last = await story.lastEvent()
  await story.advance(40 * DAY)
  expect(await story.eventsSince(last)).toEqual([])
})

async function subscriber() {
  const { customer, subscription, end } = await story.subscribe()
  return {
    customer: customer.id,
    subscription: subscription.id,
    created: subscription.created,
    end,
  }
}

async function disputed(): Promise<string> {
  const { customer, subscription, end, created } = await subscriber()
  await story.swapCard(customer, subscription, 'pm_card_createDispute')
  await story.advance(end - created + 2 * HOUR)
  return (await story.stripe.disputes.list()).data[0]?.id ?? ''
}

function retrieve(id: string): Promise<Stripe.Subscription> {
  return story.stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] })
}

async function types(since: string | undefined): Promise<string[]> {
  return (await story.eventsSince(since)).map(({ type }) => type)
}
