import type Stripe from 'stripe'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startStory } from '@/sandbox/test/story'
import type { Dunning } from './policy'

const HOUR = 3600
const DAY = 24 * HOUR
const ATTEMPT = [
  'charge.failed',
  'payment_intent.payment_failed',
  'invoice.payment_failed',
  'invoice.updated',
]

let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

describe('a renewal that is refused', () => {
  test('is tried again on the days that the account has chosen, and each attempt says when the next is', async () => {
    await settings({ retry_days: [1, 4], after_retries: 'leave' })
    const { end } = await refused()
    const failed = await eventsOf('invoice.payment_failed', 3)
    const first = end + HOUR
    expect(failed.map(({ created }) => created)).toEqual([first, first + DAY, first + 5 * DAY])
    const emitted = failed.map(({ data }) => data.object as Stripe.Invoice)
    expect(emitted.map((row) => [row.attempt_count, row.next_payment_attempt])).toEqual([
      [1, first + DAY],
      [2, first + 5 * DAY],
      [3, null],
    ])
  })

  test('emits the failure, then that the subscription is past due, and only retries after that', async () => {
    await settings({ retry_days: [1] })
    const { subscription, end, customer } = await story.subscribe()
    await story.swapCard(customer.id, subscription.id, 'pm_card_chargeCustomerFail')
    await story.advance(end - subscription.created + HOUR - 60)
    const draft = await story.lastEvent()
    await story.advance(120)
    const failing = await story.eventsSince(draft)
    expect(failing.map(({ type }) => type)).toEqual([
      'invoice.finalized',
      'charge.failed',
      'payment_intent.payment_failed',
      'payment_intent.created',
      'invoice.payment_failed',
      'invoice.updated',
      'customer.subscription.updated',
    ])
    expect(failing.at(-1)?.data.previous_attributes).toEqual({ status: 'active' })
    await story.advance(DAY)
    const retry = await story.eventsSince(failing.at(-1)?.id)
    expect(retry.map(({ type }) => type)).toEqual([...ATTEMPT, 'customer.subscription.deleted'])
  })
})

describe('when the last retry has failed', () => {
  test.each([
    ['cancel', 'canceled', ['customer.subscription.deleted']],
    ['mark_unpaid', 'unpaid', ['customer.subscription.updated']],
    ['leave', 'past_due', []],
    ['pause', 'paused', ['customer.subscription.paused', 'customer.subscription.updated']],
  ] as const)('%s makes it %s', async (after_retries, status, emitted) => {
    await settings({ retry_days: [2], after_retries })
    const { subscription } = await refused(DAY)
    const before = await story.lastEvent()
    await story.advance(2 * DAY)
    expect(await retrieve(subscription)).toMatchObject({ status })
    const types = (await story.eventsSince(before)).map(({ type }) => type)
    expect(types).toEqual([...ATTEMPT, ...emitted])
    await story.advance(3 * DAY)
    expect(await eventsOf('invoice.payment_failed', 3)).toHaveLength(2)
  })

  test('what a schedule governs cannot be paused, and is canceled', async () => {
    await settings({ retry_days: [1], after_retries: 'pause', pause_on_first_failure: true })
    const { customer, subscription: made, end } = await story.subscribe()
    const subscription = made.id
    await story.swapCard(customer.id, subscription, 'pm_card_chargeCustomerFail')
    await story.advance(end - made.created + 60)
    await story.stripe.subscriptionSchedules.create({ from_subscription: subscription })
    await story.advance(HOUR)
    expect(await retrieve(subscription)).toMatchObject({ status: 'past_due' })
    await story.advance(2 * DAY)
    expect(await retrieve(subscription)).toMatchObject({
      status: 'canceled',
      cancellation_details: { reason: 'payment_failed' },
    })
  })

  test('one that was left past due is active again when its invoice is paid', async () => {
    await settings({ retry_days: [1], after_retries: 'leave' })
    const { subscription, customer } = await refused()
    expect(await payLatest(customer, subscription)).toMatchObject({ status: 'active' })
  })

  test('an unpaid one gets drafts that are not charged, until its invoice is paid', async () => {
    await settings({ retry_days: [1], after_retries: 'mark_unpaid' })
    const { subscription, customer } = await refused()
    await story.advance(35 * DAY)
    const { data } = await story.stripe.invoices.list({ subscription })
    expect(data.map(({ status, attempted }) => ({ status, attempted }))).toEqual([
      { status: 'draft', attempted: false },
      { status: 'open', attempted: true },
      { status: 'paid', attempted: true },
    ])
    expect(await retrieve(subscription)).toMatchObject({ status: 'unpaid' })
    expect(await payLatest(customer, subscription, data[1]?.id)).toMatchObject({ status: 'unpaid' })
  })

  test('an unpaid one whose latest invoice is paid is active again', async () => {
    await settings({ retry_days: [1], after_retries: 'mark_unpaid' })
    const { subscription, customer } = await refused()
    expect(await payLatest(customer, subscription)).toMatchObject({ status: 'active' })
  })

  test('a paused one says why, is asked for nothing more, and begins again when it is resumed', async () => {
    await settings({ retry_days: [1], after_retries: 'pause' })
    const { subscription, customer, refusedInvoice } = await refused()
    expect(await retrieve(subscription)).toMatchObject({
      status: 'paused',
      status_details: { paused: { subscription: { type: 'final_payment_failure' } } },
    })
    await story.advance(40 * DAY)
    expect((await story.stripe.invoices.list({ subscription })).data).toHaveLength(2)
    await story.swapCard(customer, subscription, 'pm_card_visa')
    await story.stripe.subscriptions.resume(subscription)
    expect(await retrieve(subscription)).toMatchObject({ status: 'active' })
    const { data } = await story.stripe.invoices.list({ subscription })
    expect(data.map(({ id, status }) => [id === refusedInvoice, status])).toEqual([
      [false, 'paid'],
      [true, 'void'],
      [false, 'paid'],
    ])
  })
})

test('an account can pause at the first refusal, and then nothing is tried again', async () => {
  await settings({ pause_on_first_failure: true })
  const { subscription } = await refused(20 * DAY)
  expect(await retrieve(subscription)).toMatchObject({
    status: 'paused',
    status_details: { paused: { subscription: { type: 'first_payment_failure' } } },
  })
  expect(await eventsOf('invoice.payment_failed', 3)).toHaveLength(1)
  const [update] = await eventsOf('customer.subscription.updated', 1)
  expect(update?.data.previous_attributes).toMatchObject({ status: 'active' })
})

test('without retries an active one becomes unpaid at once', async () => {
  await settings({ retry_days: [], after_retries: 'mark_unpaid' })
  const { subscription } = await refused()
  expect(await retrieve(subscription)).toMatchObject({ status: 'unpaid' })
  const [update] = await eventsOf('customer.subscription.updated', 1)
  expect(update?.data.previous_attributes).toMatchObject({ status: 'active' })
})

describe('the settings', () => {
  test('are the usual ones until they are changed one by one, and are kept', async () => {
    expect(await control()).toEqual({
      retry_days: [3, 5, 7],
      after_retries: 'cancel',
      pause_on_first_failure: false,
    })
    await settings({ after_retries: 'pause' })
    expect(await settings({ retry_days: [2] })).toMatchObject({ after_retries: 'pause' })
    expect(await control()).toMatchObject({ retry_days: [2], after_retries: 'pause' })
  })

  test.each([
    { retry_day: [1] },
    { retry_days: [0] },
    { retry_days: 3 },
    { retry_days: [1, 1, 1, 1, 1, 1, 1, 1, 1] },
    { after_retries: 'forget' },
    { pause_on_first_failure: 'yes' },
  ])('refuse %j, and change nothing', async (change) => {
    await expect(settings(change as Partial<Dunning>)).rejects.toThrow(/must be|There is no/)
    expect(await control()).toMatchObject({ retry_days: [3, 5, 7], after_retries: 'cancel' })
  })
})

async function control(init: RequestInit = {}): Promise<Dunning> {
  const response = await fetch(`${story.url}/_sandbox/settings`, init)
  const body = await response.json()
  if (!response.ok) throw new Error(body.error)
  return body
}

function settings(change: Partial<Dunning>) {
  return control({ method: 'POST', body: JSON.stringify(change) })
}

/** A subscriber whose card refuses the renewal, this long after the first attempt. */
async function refused(after = 10 * DAY) {
  const { customer, subscription, end } = await story.subscribe()
  await story.swapCard(customer.id, subscription.id, 'pm_card_chargeCustomerFail')
  await story.advance(end - subscription.created + HOUR + after)
  const [invoice] = (await story.stripe.invoices.list({ subscription: subscription.id })).data
  return {
    customer: customer.id,
    subscription: subscription.id,
    end,
    refusedInvoice: invoice?.id ?? '',
  }
}

async function payLatest(customer: string, subscription: string, invoice?: string) {
  await story.swapCard(customer, subscription, 'pm_card_visa')
  const latest = (await retrieve(subscription)).latest_invoice
  await story.stripe.invoices.pay(invoice ?? String(latest))
  return retrieve(subscription)
}

function retrieve(subscription: string) {
  return story.stripe.subscriptions.retrieve(subscription)
}

async function eventsOf(type: string, limit: number) {
  return (await story.stripe.events.list({ type, limit })).data.reverse()
}
