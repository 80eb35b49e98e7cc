import { afterEach, beforeEach, expect, test } from 'vitest'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import { startStory } from '@/sandbox/test/story'
import { card } from '@/sandbox/test/world'
import { changeQuantity } from './quantity'

let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

const success_url = 'http://app.test/return'

test('one payment is taken, at a price that is made for it, from a buyer who need not be a customer', async () => {
  const { stripe, sandbox } = story
  const session = await stripe.checkout.sessions.create({
    mode: 'payment',
    success_url,
    line_items: [
      {
        price_data: { currency: 'usd', product_data: { name: 'Book' }, unit_amount: 2500 },
        quantity: 2,
      },
    ],
    payment_intent_data: { metadata: { order: '1' } },
  })
  expect(session).toMatchObject({ mode: 'payment', amount_total: 5000 })
  const before = await story.lastEvent()
  const paid = await payCheckout(sandbox, session.id, { ...card(), email: 'ana@example.test' })
  expect(paid.kind).toBe('complete')
  const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] })
  expect(done).toMatchObject({
    status: 'complete',
    payment_status: 'paid',
    customer: null,
    subscription: null,
    customer_details: { email: 'ana@example.test' },
    payment_intent: { status: 'succeeded', amount: 5000, metadata: { order: '1' } },
  })
  expect((await story.eventsSince(before)).map(({ type }) => type)).toEqual([
    'charge.succeeded',
    'payment_intent.succeeded',
    'payment_intent.created',
    'checkout.session.completed',
  ])
})

test('a card is saved for a customer, and nothing is charged', async () => {
  const { stripe, sandbox } = story
  const { id: customer } = await stripe.customers.create()
  const session = await stripe.checkout.sessions.create({
    mode: 'setup',
    customer,
    success_url,
    currency: 'usd',
  })
  await payCheckout(sandbox, session.id, card())
  const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['setup_intent'] })
  expect(done).toMatchObject({
    status: 'complete',
    payment_status: 'no_payment_required',
    setup_intent: { status: 'succeeded', customer },
  })
  expect((await stripe.customers.listPaymentMethods(customer)).data).toHaveLength(1)
  expect((await stripe.charges.list({ customer })).data).toEqual([])
})

test('what belongs to one mode is refused in another', async () => {
  const { stripe, catalog } = story
  const line_items = [{ price: catalog.proMonthly.id, quantity: 1 }]
  await expect(
    stripe.checkout.sessions.create({ mode: 'payment', success_url, line_items }),
  ).rejects.toMatchObject({ param: 'mode' })
  await expect(
    stripe.checkout.sessions.create({ mode: 'setup', success_url, line_items }),
  ).rejects.toMatchObject({ param: 'line_items' })
  await expect(
    stripe.checkout.sessions.create({
      mode: 'payment',
      success_url,
      line_items,
      subscription_data: { description: 'x' },
    }),
  ).rejects.toMatchObject({ param: 'subscription_data' })
})

test('what is bought once goes on the first invoice, and a buyer chooses how many', async () => {
  const { stripe, sandbox, catalog } = story
  const { id: customer } = await stripe.customers.create({ email: 'ana@example.test' })
  const session = await stripe.checkout.sessions.create({
    mode: 'subscription',
    customer,
    success_url,
    line_items: [
      {
        price: catalog.proMonthly.id,
        quantity: 1,
        adjustable_quantity: { enabled: true, minimum: 1, maximum: 5 },
      },
      {
        price_data: { currency: 'usd', product_data: { name: 'Setup' }, unit_amount: 900 },
        quantity: 1,
      },
    ],
  })
  const { data } = await stripe.checkout.sessions.listLineItems(session.id)
  const line = data.find(({ adjustable_quantity }) => adjustable_quantity !== null)?.id ?? ''
  changeQuantity(sandbox, session.id, line, 3)
  expect(() => changeQuantity(sandbox, session.id, line, 9)).toThrow('from 1 to 5')
  const changed = await stripe.checkout.sessions.retrieve(session.id)
  expect(changed.amount_total).toBe(3 * 1900 + 900)
  await payCheckout(sandbox, session.id, card())
  const { data: rows } = await stripe.subscriptions.list({
    customer,
    expand: ['data.latest_invoice'],
  })
  expect(rows[0]).toMatchObject({
    items: { data: [{ quantity: 3 }] },
    latest_invoice: { status: 'paid', total: 6600, amount_paid: 6600 },
  })
  expect(rows[0]?.items.data).toHaveLength(1)
})

test('taxes are reckoned by where the buyer is', async () => {
  const { stripe, sandbox, catalog } = story
  const session = await stripe.checkout.sessions.create({
    mode: 'subscription',
    success_url,
    line_items: [{ price: catalog.proMonthly.id, quantity: 1 }],
    automatic_tax: { enabled: true },
  })
  await payCheckout(sandbox, session.id, { ...card(), country: 'DE', email: 'ana@example.test' })
  expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
    amount_subtotal: 1900,
    amount_total: 2261,
    total_details: { amount_tax: 361 },
    automatic_tax: { enabled: true, status: 'complete' },
  })
})

test('a schedule makes its own subscription, now or on its first day, and changes its price', async () => {
  const { stripe, catalog, sandbox, advance } = story
  const { id: customer } = await stripe.customers.create({
    payment_method: 'pm_card_visa',
    invoice_settings: { default_payment_method: 'pm_card_visa' },
  })
  const phases = [
    { items: [{ price: catalog.proMonthly.id }], duration: { interval: 'month' as const } },
    { items: [{ price: catalog.studioMonthly.id }], duration: { interval: 'month' as const } },
  ]
  const now = await stripe.subscriptionSchedules.create({ customer, start_date: 'now', phases })
  expect(now.status).toBe('active')
  const running = await stripe.subscriptions.retrieve(String(now.subscription), {
    expand: ['latest_invoice'],
  })
  expect(running).toMatchObject({ status: 'active', latest_invoice: { status: 'draft' } })
  const later = await stripe.subscriptionSchedules.create({
    customer,
    start_date: sandbox.clock.now() + 86_400,
    phases,
  })
  expect(later).toMatchObject({ status: 'not_started', subscription: null, current_phase: null })
  await advance(2 * 86_400)
  expect((await stripe.subscriptionSchedules.retrieve(later.id)).status).toBe('active')
  await advance(33 * 86_400)
  const changed = await stripe.subscriptions.retrieve(running.id, { expand: ['latest_invoice'] })
  expect(changed).toMatchObject({
    items: { data: [{ price: { id: catalog.studioMonthly.id } }] },
    latest_invoice: { status: 'paid', total: 4900 },
  })
})
