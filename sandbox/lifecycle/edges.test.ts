import type Stripe from 'stripe'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { edgesOf } from '@/sandbox/fidelity/edges'
import { startStory } from '@/sandbox/test-story'
import { setDunning } from './dunning/policy'

const HOUR = 3600
const DAY = 24 * HOUR

let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

// Every edge of the state machine that Stripe documents, and what happens to a subscription on it.
test.each<[edge: string, when: string, happens: () => Promise<unknown>]>([
  ['(none)→incomplete', 'its first payment is still to come', () => create(null)],
  ['(none)→active', 'its first payment succeeds', () => create('pm_card_visa')],
  ['(none)→trialing', 'it begins with a trial', () => create(null, TRIAL)],
  ['incomplete→active', 'the first invoice is paid', async () => payLatest(await create(null))],
  [
    'incomplete→incomplete_expired',
    'nobody pays for 23 hours',
    async () => after(await create(null), DAY),
  ],
  ['incomplete→canceled', 'it is canceled before that', async () => cancel(await create(null))],
  [
    'trialing→active',
    'the trial is over',
    async () => after(await create('pm_card_visa', TRIAL), 8 * DAY),
  ],
  [
    'trialing→past_due',
    'it is ended with a card that refuses',
    async () => endTrial(await create(REFUSES, TRIAL)),
  ],
  [
    'trialing→paused',
    'it is over without a card',
    async () => after(await create(null, ending('pause')), 8 * DAY),
  ],
  [
    'trialing→canceled',
    'it is over without a card',
    async () => after(await create(null, ending('cancel')), 8 * DAY),
  ],
  ['active→trialing', 'it is given a trial', async () => giveTrial(await create('pm_card_visa'))],
  ['active→past_due', 'a renewal is refused', async () => refused('leave')],
  [
    'active→unpaid',
    'a renewal is refused and there are no retries',
    async () => refused('mark_unpaid', []),
  ],
  ['active→paused', 'somebody asks for it', async () => pause(await create('pm_card_visa'))],
  ['active→canceled', 'it is canceled', async () => cancel(await create('pm_card_visa'))],
  ['past_due→active', 'the invoice is paid', async () => payLatest(await refused('leave'))],
  ['past_due→unpaid', 'the retries are over', async () => refused('mark_unpaid')],
  ['past_due→paused', 'the retries are over', async () => refused('pause')],
  ['past_due→canceled', 'the retries are over', async () => refused('cancel')],
  ['unpaid→active', 'the invoice is paid', async () => payLatest(await refused('mark_unpaid'))],
  ['unpaid→canceled', 'it is canceled', async () => cancel(await refused('mark_unpaid'))],
  ['paused→active', 'it is resumed', async () => resume(await pause(await create('pm_card_visa')))],
  [
    'paused→canceled',
    'it is canceled',
    async () => cancel(await pause(await create('pm_card_visa'))),
  ],
])('%s, when %s', async (edge, _when, happens) => {
  await happens()
  const edges = story.sandbox.change(null, edgesOf).map((pair) => pair.join('→'))
  expect(edges).toContain(edge)
  // And it was the last thing that happened to it.
  expect(edges.at(-1)).toBe(edge)
})

const REFUSES = 'pm_card_chargeCustomerFail'
const TRIAL = { trial_period_days: 7 }

function ending(missing_payment_method: 'cancel' | 'pause') {
  return { ...TRIAL, trial_settings: { end_behavior: { missing_payment_method } } }
}

async function create(magic: string | null, more: Partial<Stripe.SubscriptionCreateParams> = {}) {
  const { stripe, catalogue } = story
  const customer = await stripe.customers.create({ name: 'Ana' })
  const method = magic && (await stripe.paymentMethods.attach(magic, { customer: customer.id }))
  const { id } = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: catalogue.proMonthly.id }],
    ...(method
      ? { default_payment_method: method.id }
      : { payment_behavior: 'default_incomplete' }),
    ...more,
  })
  return id
}

/** A subscription whose renewal, and each retry, was refused. */
async function refused(
  after_retries: 'cancel' | 'mark_unpaid' | 'leave' | 'pause',
  retry_days = [1],
): Promise<string> {
  story.sandbox.change(null, (tx) => setDunning(tx, { after_retries, retry_days }))
  const { customer, subscription, end } = await story.subscribe()
  await story.swapCard(customer.id, subscription.id, REFUSES)
  await story.advance(end - subscription.created + 3 * DAY)
  return subscription.id
}

async function payLatest(id: string) {
  const { customer, latest_invoice } = await story.stripe.subscriptions.retrieve(id)
  const method = await story.stripe.paymentMethods.attach('pm_card_visa', {
    customer: String(customer),
  })
  await story.stripe.invoices.pay(String(latest_invoice), { payment_method: method.id })
}

async function after(_id: string, seconds: number) {
  await story.advance(seconds)
}

function cancel(id: string) {
  return story.stripe.subscriptions.cancel(id)
}

async function pause(id: string): Promise<string> {
  await story.stripe.subscriptions.pause(id)
  return id
}

function resume(id: string) {
  return story.stripe.subscriptions.resume(id, { billing_cycle_anchor: { type: 'now' } })
}

function endTrial(id: string) {
  return story.stripe.subscriptions.update(id, { trial_end: 'now' })
}

async function giveTrial(id: string) {
  const { created } = await story.stripe.subscriptions.retrieve(id)
  await story.stripe.subscriptions.update(id, { trial_end: created + 9 * DAY })
}
