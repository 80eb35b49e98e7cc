import { afterEach, beforeEach, expect, test } from 'vitest'
import { type AfterRetries, setDunning } from '@/sandbox/lifecycle/dunning/policy'
import { startStory } from '@/sandbox/test/story'
import { edgesOf, playedEdges } from './status-transitions'

type Story = Awaited<ReturnType<typeof startStory>>
type Scenario = [edge: string, sentence: string, play: (story: Story) => Promise<unknown>]

const DAY = 86_400
const REFUSED = 'pm_card_chargeCustomerFail'

const SCENARIOS: Scenario[] = [
  ['(none)→active', 'Checkout makes a subscription that is paid for', (story) => story.subscribe()],
  ['(none)→trialing', 'a trial begins with the subscription', (story) => trial(story, 'cancel')],
  ['(none)→incomplete', 'a first payment waits for the bank', (story) => incomplete(story)],
  [
    'incomplete→active',
    'the first invoice is paid after all',
    async (story) => {
      const { customer, invoice } = await incomplete(story)
      const card = await story.stripe.paymentMethods.attach('pm_card_visa', { customer })
      await story.stripe.invoices.pay(invoice, { payment_method: card.id })
    },
  ],
  [
    'incomplete→incomplete_expired',
    'the first invoice stays unpaid for 23 hours',
    async (story) => {
      await incomplete(story)
      await story.advance(DAY)
    },
  ],
  [
    'incomplete→canceled',
    'a subscription is given up before it was ever paid for',
    async (story) => story.stripe.subscriptions.cancel((await incomplete(story)).id),
  ],
  [
    'trialing→active',
    'a trial ends in its first paid period',
    async (story) => {
      const { id, customer } = await trial(story, 'cancel')
      await story.swapCard(customer, id, 'pm_card_visa')
      await story.advance(8 * DAY)
    },
  ],
  [
    'trialing→past_due',
    'a trial is ended now, and its card is refused',
    async (story) => {
      const { id, customer } = await trial(story, 'cancel')
      await story.swapCard(customer, id, REFUSED)
      await story.stripe.subscriptions.update(id, { trial_end: 'now' })
    },
  ],
  [
    'trialing→paused',
    'a trial without a card pauses',
    async (story) => {
      await trial(story, 'pause')
      await story.advance(8 * DAY)
    },
  ],
  [
    'trialing→canceled',
    'a trial without a card ends everything',
    async (story) => {
      await trial(story, 'cancel')
      await story.advance(8 * DAY)
    },
  ],
  [
    'active→trialing',
    'a trial is given to a paying subscriber',
    async (story) => {
      const { subscription, start } = await story.subscribe()
      await story.stripe.subscriptions.update(subscription.id, { trial_end: start + 9 * DAY })
    },
  ],
  ['active→past_due', 'a renewal is refused', (story) => refusedRenewal(story)],
  [
    'active→unpaid',
    'a renewal is refused, and there are no retries',
    async (story) => {
      story.sandbox.change(null, (tx) =>
        setDunning(tx, { after_retries: 'mark_unpaid', retry_days: [] }),
      )
      await refusedRenewal(story)
    },
  ],
  [
    'active→paused',
    'a pause is asked for',
    async (story) => story.stripe.subscriptions.pause((await story.subscribe()).subscription.id),
  ],
  [
    'active→canceled',
    'a subscription is canceled at once',
    async (story) => story.stripe.subscriptions.cancel((await story.subscribe()).subscription.id),
  ],
  [
    'past_due→active',
    'another card pays the renewal',
    async (story) => {
      const { id, customer } = await refusedRenewal(story)
      await payLatest(story, customer, id)
    },
  ],
  [
    'past_due→canceled',
    'after the last retry it is canceled',
    (story) => exhausted(story, 'cancel'),
  ],
  [
    'past_due→unpaid',
    'after the last retry it is unpaid',
    (story) => exhausted(story, 'mark_unpaid'),
  ],
  ['past_due→paused', 'after the last retry it is paused', (story) => exhausted(story, 'pause')],
  [
    'unpaid→active',
    'paying the latest invoice brings it back',
    async (story) => {
      const { id, customer } = await exhausted(story, 'mark_unpaid')
      await payLatest(story, customer, id)
    },
  ],
  [
    'unpaid→canceled',
    'an unpaid subscription is canceled',
    async (story) => story.stripe.subscriptions.cancel((await exhausted(story, 'mark_unpaid')).id),
  ],
  [
    'paused→active',
    'a pause ends with a payment',
    async (story) => {
      const { id } = (await story.subscribe()).subscription
      await story.stripe.subscriptions.pause(id)
      await story.stripe.subscriptions.resume(id)
    },
  ],
  [
    'paused→canceled',
    'a pause is never ended',
    async (story) => {
      const { id } = (await story.subscribe()).subscription
      await story.stripe.subscriptions.pause(id)
      await story.stripe.subscriptions.cancel(id)
    },
  ],
]

let story: Story

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

for (const [edge, sentence, play] of SCENARIOS) {
  test(`${edge}: ${sentence}`, async () => {
    await play(story)
    const edges = story.sandbox.change(null, edgesOf)
    // It is the last thing that happens to the subscription.
    expect(edges.at(-1)?.join('→')).toBe(edge)
  })
}

test('every legal edge that is played has its scenario', () => {
  expect(SCENARIOS.map(([edge]) => edge).sort()).toEqual(playedEdges().sort())
})

test('a subscription may also stay past due for ever', async () => {
  const { id } = await exhausted(story, 'leave')
  expect(await story.stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'past_due' })
})

async function incomplete({ stripe, catalog }: Story) {
  const { id: customer } = await stripe.customers.create()
  const card = await stripe.paymentMethods.attach('pm_card_authenticationRequired', { customer })
  const { id, latest_invoice } = await stripe.subscriptions.create({
    customer,
    items: [{ price: catalog.proMonthly.id }],
    default_payment_method: card.id,
  })
  return { id, customer, invoice: String(latest_invoice) }
}

async function trial({ stripe, catalog }: Story, missing: 'cancel' | 'pause') {
  const { id: customer } = await stripe.customers.create()
  const { id } = await stripe.subscriptions.create({
    customer,
    items: [{ price: catalog.proMonthly.id }],
    trial_period_days: 7,
    trial_settings: { end_behavior: { missing_payment_method: missing } },
  })
  return { id, customer }
}

async function refusedRenewal(story: Story) {
  const { customer, subscription, start, end } = await story.subscribe()
  await story.swapCard(customer.id, subscription.id, REFUSED)
  await story.advance(end - start + DAY)
  return { id: subscription.id, customer: customer.id }
}

async function exhausted(story: Story, after_retries: AfterRetries) {
  story.sandbox.change(null, (tx) => setDunning(tx, { after_retries }))
  const refused = await refusedRenewal(story)
  await story.advance(20 * DAY)
  return refused
}

async function payLatest({ stripe, swapCard }: Story, customer: string, id: string) {
  await swapCard(customer, id, 'pm_card_visa')
  await stripe.invoices.pay(String((await stripe.subscriptions.retrieve(id)).latest_invoice))
}
