import Stripe from 'stripe'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningSandbox, startSandbox } from '@/sandbox/server'
import { redactPayload } from './redact'

// What is a person's, or opens something, each by a word that stands nowhere else.
const PERSON = {
  name: 'Zelda Markerton',
  email: 'zelda.markerton@private.example',
  phone: '+4915199887766',
  address: { line1: 'Markerstrasse 7', city: 'Markerstadt', postal_code: '98765', country: 'DE' },
}
const NEVER =
  /zelda|markerton|99887766|markerstra|markerstadt|98765|"4242"|DE123456789|_secret_\w{4}|whsec_\w|https?:\/\/[^"]*\/\w{12,}/i

let sandbox: RunningSandbox
let stripe: Stripe
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, dataDir: null })
  stripe = new Stripe('sk_test_1', { host: '127.0.0.1', port: sandbox.port, protocol: 'http' })
})
afterAll(() => sandbox.stop())

test('no event of a whole life with a customer’s name, address, card and tax id shows any of them', async () => {
  await live()
  const events = await stripe.events.list({ limit: 100 }).autoPagingToArray({ limit: 1_000 })
  const shown = events.map((event) => [event.type, redactPayload(JSON.stringify(event))] as const)
  expect(new Set(shown.map(([type]) => type)).size).toBeGreaterThan(20)
  // They stand in what came: else this proves nothing.
  expect(events.filter((event) => NEVER.test(JSON.stringify(event))).length).toBeGreaterThan(15)
  const leaks = shown.flatMap(([type, text]) => {
    const [leak] = NEVER.exec(text) ?? []
    return leak ? [`${type}: ${leak}`] : []
  })
  expect([...new Set(leaks)]).toEqual([])
  // And say still what they are about.
  expect(shown.every(([, text]) => /"id": "evt_/.test(text))).toBe(true)
})

async function live(): Promise<void> {
  const { id: product } = await stripe.products.create({ name: 'Plan' })
  const { id: price } = await stripe.prices.create({
    ...{ product, unit_amount: 1900, currency: 'usd', recurring: { interval: 'month' } },
  })
  const { id: customer } = await stripe.customers.create({
    ...{ ...PERSON, shipping: { name: PERSON.name, address: PERSON.address } },
    metadata: { note: `call ${PERSON.email} first` },
  })
  await stripe.customers.createTaxId(customer, { type: 'eu_vat', value: 'DE123456789' })
  const { id: card } = await stripe.paymentMethods.attach('pm_card_visa', { customer })
  const { address, ...who } = PERSON
  await stripe.paymentMethods.update(card, { billing_details: { ...who, address } })
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: card } })
  const setup = await stripe.setupIntents.create({ customer, payment_method: card })
  await stripe.setupIntents.confirm(setup.id)
  await stripe.checkout.sessions.create({
    ...{ mode: 'subscription', customer, line_items: [{ price, quantity: 1 }] },
    ...{ success_url: 'https://app.example/return?s={CHECKOUT_SESSION_ID}' },
  })
  const subscription = await stripe.subscriptions.create({
    ...{ customer, items: [{ price }], default_payment_method: card },
    expand: ['latest_invoice.payments'],
  })
  const [charge] = (await stripe.charges.list({ customer })).data
  await stripe.refunds.create({ charge: charge?.id ?? '', amount: 100 })
  const schedule = await stripe.subscriptionSchedules.create({ from_subscription: subscription.id })
  await stripe.subscriptionSchedules.release(schedule.id)
  await stripe.subscriptions.cancel(subscription.id, {
    cancellation_details: { comment: `${PERSON.name} moved to ${address.city}` },
  })
  await stripe.paymentIntents.create({
    ...{ customer, amount: 500, currency: 'usd', confirm: true, receipt_email: PERSON.email },
    ...{ payment_method: 'pm_card_createDispute', description: `For ${PERSON.email}` },
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
  })
  await stripe.paymentMethods.detach(card)
  await stripe.customers.del(customer)
}
