import Stripe from 'stripe'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { answerChallenge } from '@/sandbox/lifecycle/answer-challenge'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import { checkoutView } from '@/sandbox/lifecycle/checkout/view'
import { addCatalog, card, openCheckout, startReceiver, startWorld } from '@/sandbox/test/world'
import { completeWithoutCard } from './pay-nothing'

let world: Awaited<ReturnType<typeof startWorld>>
let catalog: Awaited<ReturnType<typeof addCatalog>>

beforeEach(async () => {
  world = await startWorld()
  catalog = await addCatalog(world.stripe)
})

afterEach(() => world.stop())

test('a paid session makes an active subscription and emits its events in the order that Stripe was seen to use', async () => {
  const { stripe, sandbox } = world
  const receiver = await startReceiver()
  const { secret = '' } = await stripe.webhookEndpoints.create({
    url: receiver.url,
    enabled_events: ['*'],
  })
  const { customer, session } = await openCheckout(stripe, catalog.proMonthly.id, {
    metadata: { user_id: 'u1' },
    subscription_data: { metadata: { user_id: 'u1' } },
  })
  expect(session).toMatchObject({
    status: 'open',
    payment_status: 'unpaid',
    subscription: null,
    invoice: null,
    customer: customer.id,
    amount_total: 1900,
  })
  expect(session.id).toHaveLength(66)

  const result = await payCheckout(sandbox, session.id, card())
  expect(result).toEqual({
    kind: 'complete',
    redirect: `http://app.test/return?session_id=${session.id}`,
  })

  const paid = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ['subscription', 'invoice.payments', 'line_items'],
  })
  expect(paid).toMatchObject({ status: 'complete', payment_status: 'paid', url: null })
  const subscription = paid.subscription as Stripe.Subscription
  expect(subscription).toMatchObject({
    status: 'active',
    metadata: { user_id: 'u1' },
    cancel_at: null,
  })
  expect(paid.invoice).toMatchObject({
    status: 'paid',
    amount_paid: 1900,
    billing_reason: 'subscription_create',
  })
  expect((paid.invoice as Stripe.Invoice).payments?.data).toMatchObject([
    { status: 'paid', amount_paid: 1900 },
  ])
  expect(paid.line_items?.data).toMatchObject([{ amount_total: 1900, description: 'Pro' }])

  await receiver.count(13)
  const events = receiver.received.map(({ body, signature }) =>
    stripe.webhooks.constructEvent(body, signature, secret),
  )
  expect(new Set(events.map(({ type }) => type))).toEqual(
    new Set([
      'customer.created',
      'charge.succeeded',
      'payment_method.attached',
      'checkout.session.completed',
      'customer.updated',
      'customer.subscription.created',
      'payment_intent.succeeded',
      'payment_intent.created',
      'invoice.created',
      'invoice.finalized',
      'invoice.paid',
      'invoice.payment_succeeded',
      'invoice_payment.paid',
    ]),
  )
  const created = events.find(({ type }) => type === 'customer.subscription.created')
  expect(created?.data.object).toMatchObject({ id: subscription.id, status: 'active' })
  expect(created?.request).toEqual({ id: null, idempotency_key: null })
  const listed = await stripe.events.list({ limit: 12 })
  expect(listed.data.map(({ type }) => type).reverse()).toEqual([
    'charge.succeeded',
    'payment_method.attached',
    'checkout.session.completed',
    'customer.updated',
    'customer.subscription.created',
    'payment_intent.succeeded',
    'payment_intent.created',
    'invoice.created',
    'invoice.finalized',
    'invoice.paid',
    'invoice.payment_succeeded',
    'invoice_payment.paid',
  ])
  expect(
    listed.data.find(({ type }) => type === 'customer.updated')?.data.previous_attributes,
  ).toMatchObject({ currency: null })
  await receiver.stop()
})

test('a declined card leaves the session open, and nothing else', async () => {
  const { stripe, sandbox } = world
  const { customer, session } = await openCheckout(stripe, catalog.proMonthly.id)
  const declines: [string, string][] = [
    ['4000 0000 0000 0002', 'generic_decline'],
    ['4000000000009995', 'insufficient_funds'],
    ['4000000000000069', 'expired_card'],
    ['4000000000000341', 'generic_decline'],
    ['4242424242424241', 'incorrect_number'],
  ]
  for (const [number, declineCode] of declines) {
    expect(await payCheckout(sandbox, session.id, card(number))).toMatchObject({
      kind: 'declined',
      declineCode,
    })
  }
  expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe('open')
  expect((await stripe.subscriptions.list({ customer: customer.id, status: 'all' })).data).toEqual(
    [],
  )
  expect((await stripe.invoices.list({ customer: customer.id })).data).toEqual([])
  expect((await payCheckout(sandbox, session.id, card())).kind).toBe('complete')
})

test('a 3-D Secure card asks first: failing it pays nothing, completing it pays', async () => {
  const { stripe, sandbox } = world
  const { customer, session } = await openCheckout(stripe, catalog.proMonthly.id)
  const ask = async () => {
    const result = await payCheckout(sandbox, session.id, card('4000002760003184'))
    if (result.kind !== 'requires_action') throw new Error(`The card was ${result.kind}.`)
    return result.challenge
  }
  expect(await answerChallenge(sandbox, await ask(), 'fail')).toMatchObject({ kind: 'declined' })
  expect((await stripe.subscriptions.list({ customer: customer.id })).data).toEqual([])
  expect(await answerChallenge(sandbox, await ask(), 'complete')).toMatchObject({
    kind: 'complete',
  })
  expect((await stripe.subscriptions.list({ customer: customer.id })).data).toHaveLength(1)
})

test('two payments at once make one subscription', async () => {
  const { stripe, sandbox } = world
  const { customer, session } = await openCheckout(stripe, catalog.proMonthly.id)
  const pay = async () => payCheckout(sandbox, session.id, card())
  const results = await Promise.allSettled([pay(), pay()])
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect((await stripe.subscriptions.list({ customer: customer.id })).data).toHaveLength(1)
})

test('a trial charges nothing, needs a card only if asked, and bills when it ends', async () => {
  const { stripe, sandbox } = world
  const { session } = await openCheckout(stripe, catalog.proMonthly.id, {
    subscription_data: { trial_period_days: 14 },
    payment_method_collection: 'if_required',
  })
  expect(checkoutView(sandbox, session.id)).toMatchObject({
    dueToday: 0,
    collectsCard: false,
    trial: { days: 14 },
  })
  expect((await completeWithoutCard(sandbox, session.id)).kind).toBe('complete')
  const done = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ['subscription', 'invoice'],
  })
  expect(done).toMatchObject({ payment_status: 'no_payment_required' })
  expect(done.invoice).toMatchObject({ status: 'paid', total: 0 })
  const subscription = done.subscription as Stripe.Subscription
  expect(subscription).toMatchObject({
    status: 'trialing',
    billing_cycle_anchor: subscription.trial_end,
  })
  expect(subscription.items.data[0]?.current_period_end).toBe(subscription.trial_end)
})

test('a session without a customer makes one from what was typed', async () => {
  const { stripe, sandbox } = world
  const { session } = await openCheckout(stripe, catalog.proMonthly.id, {
    // In the place of the one that the session would have: the SDK leaves out what is undefined.
    customer: undefined as never,
  })
  expect(checkoutView(sandbox, session.id)).toMatchObject({ email: null, emailEditable: true })
  await payCheckout(sandbox, session.id, { ...card(), email: 'new@example.test' })
  const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['customer'] })
  expect(done.customer).toMatchObject({ email: 'new@example.test', name: 'Ana Example' })
})

test('an expired session emits its event and cannot be paid', async () => {
  const { stripe, sandbox } = world
  const { session } = await openCheckout(stripe, catalog.proMonthly.id)
  const expired = await stripe.checkout.sessions.expire(session.id)
  expect(expired).toMatchObject({ status: 'expired', url: null })
  await expect(payCheckout(sandbox, session.id, card())).rejects.toThrow(/can no longer be paid/)
  await expect(stripe.checkout.sessions.expire(session.id)).rejects.toBeInstanceOf(
    Stripe.errors.StripeInvalidRequestError,
  )
  expect((await stripe.events.list({ type: 'checkout.session.expired' })).data).toHaveLength(1)
})
