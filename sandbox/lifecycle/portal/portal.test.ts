import type Stripe from 'stripe'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { answerChallenge } from '@/sandbox/lifecycle/answer-challenge'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import { cancelAtPeriodEnd } from '@/sandbox/lifecycle/portal/cancel'
import { changePlan, previewChange } from '@/sandbox/lifecycle/portal/change-plan'
import { replaceCard } from '@/sandbox/lifecycle/portal/replace-card'
import { resume } from '@/sandbox/lifecycle/portal/resume'
import { updateCustomer } from '@/sandbox/lifecycle/portal/update-customer'
import { portalView } from '@/sandbox/lifecycle/portal/view'
import { addCatalog, card, openCheckout, startWorld } from '@/sandbox/test/world'

let world: Awaited<ReturnType<typeof startWorld>>
let stripe: Stripe
let catalog: Awaited<ReturnType<typeof addCatalog>>
let customer: string
let token: string
let subscription: string

beforeEach(async () => {
  world = await startWorld()
  stripe = world.stripe
  catalog = await addCatalog(stripe)
  await stripe.billingPortal.configurations.create({
    features: {
      customer_update: { enabled: true, allowed_updates: ['email', 'name'] },
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      subscription_cancel: {
        enabled: true,
        mode: 'at_period_end',
        cancellation_reason: { enabled: true, options: ['too_expensive', 'other'] },
      },
      subscription_update: {
        enabled: true,
        default_allowed_updates: ['price'],
        proration_behavior: 'always_invoice',
        products: [
          { product: catalog.pro.id, prices: [catalog.proMonthly.id, catalog.proYearly.id] },
          { product: catalog.studio.id, prices: [catalog.studioMonthly.id] },
        ],
      },
    },
    default_return_url: 'http://app.test/settings/billing',
  })
  const checkout = await openCheckout(stripe, catalog.proMonthly.id)
  await payCheckout(world.sandbox, checkout.session.id, card())
  customer = checkout.customer.id
  subscription = (await stripe.subscriptions.list({ customer })).data[0]?.id ?? ''
  const session = await stripe.billingPortal.sessions.create({ customer })
  token = new URL(session.url).pathname.split('/').at(-1) ?? ''
})

afterEach(() => world.stop())

test('the portal shows the plan, the card, the invoices and what may be changed', () => {
  const view = portalView(world.sandbox, token)
  expect(view).toMatchObject({
    returnUrl: 'http://app.test/settings/billing',
    customer: { id: customer, email: 'ana@example.test' },
    paymentMethod: { brand: 'visa', last4: '4242' },
    subscriptions: [
      {
        id: subscription,
        status: 'active',
        cancelAt: null,
        plan: { productName: 'Pro', amount: 1900, interval: 'month' },
      },
    ],
    invoices: [{ status: 'paid', total: 1900 }],
    features: {
      cancel: { enabled: true, mode: 'at_period_end', reasons: ['too_expensive', 'other'] },
      changePlan: true,
    },
    flow: null,
  })
  expect(
    view.subscriptions[0]?.choices.map(({ productName, interval }) => [productName, interval]),
  ).toEqual([
    ['Pro', 'year'],
    ['Studio', 'month'],
  ])
  expect(() => portalView(world.sandbox, 'nonsense')).toThrow(/No such/)
})

test('canceling sets cancel_at alone, says so once, and can be taken back', async () => {
  const end = (await stripe.subscriptions.retrieve(subscription)).items.data[0]?.current_period_end
  cancelAtPeriodEnd(world.sandbox, token, subscription, {
    feedback: 'too_expensive',
    comment: 'sorry',
  })
  expect(await stripe.subscriptions.retrieve(subscription)).toMatchObject({
    status: 'active',
    cancel_at: end,
    cancel_at_period_end: false,
    cancellation_details: {
      feedback: 'too_expensive',
      comment: 'sorry',
      reason: 'cancellation_requested',
    },
  })
  const [event] = (await stripe.events.list({ limit: 1 })).data
  expect(event).toMatchObject({
    type: 'customer.subscription.updated',
    request: { id: null, idempotency_key: null },
    data: {
      previous_attributes: {
        cancel_at: null,
        canceled_at: null,
        cancellation_details: { comment: null, feedback: null, reason: null },
      },
    },
  })
  expect(portalView(world.sandbox, token).subscriptions[0]?.cancelAt).toBe(end)
  expect(() => cancelAtPeriodEnd(world.sandbox, token, subscription)).toThrow(/already/)
  resume(world.sandbox, token, subscription)
  expect(await stripe.subscriptions.retrieve(subscription)).toMatchObject({
    cancel_at: null,
    canceled_at: null,
  })
})

test('changing the plan charges what was shown', async () => {
  const preview = previewChange(world.sandbox, token, subscription, catalog.studioMonthly.id)
  expect(preview).toMatchObject({
    currency: 'usd',
    nextAmount: 4900,
    plan: { productName: 'Studio' },
  })
  expect(
    changePlan(world.sandbox, token, subscription, catalog.studioMonthly.id, preview.prorationDate),
  ).toEqual({ kind: 'changed' })
  const changed = await stripe.subscriptions.retrieve(subscription, { expand: ['latest_invoice'] })
  expect(changed.items.data[0]?.price.id).toBe(catalog.studioMonthly.id)
  expect(changed.latest_invoice).toMatchObject({
    total: preview.total,
    amount_due: preview.amountDue,
    status: 'paid',
  })
  const types = (await stripe.events.list({ limit: 10 })).data.map(({ type }) => type)
  expect(types).toEqual(
    expect.arrayContaining(['customer.subscription.updated', 'charge.succeeded', 'invoice.paid']),
  )
  expect(() => changePlan(world.sandbox, token, subscription, 'price_x')).toThrow(/does not offer/)
})

test('a card that refuses to pay changes nothing', async () => {
  expect(replaceCard(world.sandbox, token, card('4000000000000341'))).toMatchObject({
    kind: 'complete',
  })
  expect(changePlan(world.sandbox, token, subscription, catalog.studioMonthly.id)).toMatchObject({
    kind: 'declined',
  })
  expect((await stripe.subscriptions.retrieve(subscription)).items.data[0]?.price.id).toBe(
    catalog.proMonthly.id,
  )
  expect((await stripe.invoices.list({ customer })).data).toHaveLength(1)
})

test('another card is charged from now on; one that is refused is not saved; a bank may ask', async () => {
  expect(replaceCard(world.sandbox, token, card('4000000000000002'))).toMatchObject({
    kind: 'declined',
  })
  expect(replaceCard(world.sandbox, token, card('5555555555554444'))).toEqual({
    kind: 'complete',
    redirect: `/p/session/${token}`,
  })
  expect(portalView(world.sandbox, token).paymentMethod).toMatchObject({
    brand: 'mastercard',
    last4: '4444',
  })
  expect((await stripe.paymentMethods.list({ customer })).data).toHaveLength(2)
  const asked = replaceCard(world.sandbox, token, card('4000002500003155'))
  if (asked.kind !== 'requires_action') throw new Error('The bank did not ask.')
  expect(await answerChallenge(world.sandbox, asked.challenge, 'complete')).toMatchObject({
    kind: 'complete',
  })
  expect(portalView(world.sandbox, token).paymentMethod).toMatchObject({ last4: '3155' })
})

test('people change only the details that the configuration lets them change', async () => {
  updateCustomer(world.sandbox, token, { email: 'new@example.test' })
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ email: 'new@example.test' })
  expect(() => updateCustomer(world.sandbox, token, { phone: '1' })).toThrow(
    /does not let people change/,
  )
})

test("another customer's subscription is not found", async () => {
  const other = await openCheckout(stripe, catalog.proMonthly.id)
  const session = await stripe.billingPortal.sessions.create({ customer: other.customer.id })
  const theirs = new URL(session.url).pathname.split('/').at(-1) ?? ''
  expect(() => cancelAtPeriodEnd(world.sandbox, theirs, subscription)).toThrow(
    /No such subscription/,
  )
})

test('a session for one thing says which', async () => {
  const session = await stripe.billingPortal.sessions.create({
    customer,
    flow_data: {
      type: 'subscription_update_confirm',
      subscription_update_confirm: {
        subscription,
        items: [
          {
            id: (await stripe.subscriptions.retrieve(subscription)).items.data[0]?.id ?? '',
            price: catalog.studioMonthly.id,
            quantity: 1,
          },
        ],
      },
      after_completion: { type: 'redirect', redirect: { return_url: 'http://app.test/done' } },
    },
  })
  const flow = portalView(world.sandbox, new URL(session.url).pathname.split('/').at(-1) ?? '').flow
  expect(flow).toEqual({
    type: 'subscription_update_confirm',
    subscription,
    price: catalog.studioMonthly.id,
    after: { type: 'redirect', returnUrl: 'http://app.test/done', message: null },
  })
})
