import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startStory } from '@/sandbox/test/story'

let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

describe('an intent', () => {
  test('is made, given a payment method, and confirmed', async () => {
    const { stripe } = story
    const made = await stripe.paymentIntents.create({ amount: 500, currency: 'usd' })
    expect(made.status).toBe('requires_payment_method')
    await stripe.paymentIntents.update(made.id, { payment_method: 'pm_card_visa', amount: 700 })
    const before = await story.lastEvent()
    const paid = await stripe.paymentIntents.confirm(made.id)
    expect(paid).toMatchObject({ status: 'succeeded', amount_received: 700 })
    expect(await types(before)).toEqual(['charge.succeeded', 'payment_intent.succeeded'])
    await expect(stripe.paymentIntents.cancel(made.id)).rejects.toMatchObject({
      code: 'payment_intent_unexpected_state',
    })
  })

  test('that a card refuses answers 402 with the intent, which needs another card', async () => {
    const { stripe } = story
    const asked = stripe.paymentIntents.create({
      amount: 500,
      currency: 'usd',
      payment_method: 'pm_card_visa_chargeDeclinedInsufficientFunds',
      confirm: true,
    })
    await expect(asked).rejects.toMatchObject({
      statusCode: 402,
      code: 'card_declined',
      decline_code: 'insufficient_funds',
      payment_intent: { status: 'requires_payment_method', payment_method: null },
    })
  })

  test('is captured later, in part, or let go', async () => {
    const { stripe } = story
    const hold = () =>
      stripe.paymentIntents.create({
        amount: 1000,
        currency: 'usd',
        payment_method: 'pm_card_visa',
        capture_method: 'manual',
        confirm: true,
      })
    const held = await hold()
    expect(held).toMatchObject({ status: 'requires_capture', amount_capturable: 1000 })
    const taken = await stripe.paymentIntents.capture(held.id, { amount_to_capture: 600 })
    expect(taken).toMatchObject({ status: 'succeeded', amount_received: 600 })
    const let_go = await stripe.paymentIntents.cancel((await hold()).id)
    expect(let_go).toMatchObject({ status: 'canceled', amount_capturable: 0 })
  })

  test('whose bank asks leads to the bank, and goes on with the answer', async () => {
    const { stripe, url } = story
    const ask = () =>
      stripe.paymentIntents.create({
        amount: 500,
        currency: 'usd',
        payment_method: 'pm_card_authenticationRequired',
        confirm: true,
        return_url: 'http://app.test/back',
      })
    const asked = await ask()
    expect(asked).toMatchObject({
      status: 'requires_action',
      next_action: { type: 'redirect_to_url' },
    })
    const bank = asked.next_action?.redirect_to_url?.url ?? ''
    expect(await (await fetch(bank)).text()).toContain('3D Secure 2 Test Page')
    const answer = await fetch(bank, {
      method: 'POST',
      body: new URLSearchParams({ outcome: 'complete' }),
      headers: { origin: url, 'sec-fetch-site': 'same-origin' },
      redirect: 'manual',
    })
    expect(answer.headers.get('location')).toBe('http://app.test/back')
    expect((await stripe.paymentIntents.retrieve(asked.id)).status).toBe('succeeded')
    const other = await ask()
    await fetch(`${url}/_sandbox/payment_intents/${other.id}/authenticate`, {
      method: 'POST',
      body: JSON.stringify({ outcome: 'fail' }),
    })
    expect(await stripe.paymentIntents.retrieve(other.id)).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'payment_intent_authentication_failure' },
    })
  })

  test('whose cardholder is not there is refused by a bank that asks', async () => {
    const { stripe } = story
    const { id: customer } = await stripe.customers.create()
    await expect(
      stripe.paymentIntents.create({
        amount: 500,
        currency: 'usd',
        customer,
        payment_method: 'pm_card_authenticationRequired',
        off_session: true,
        confirm: true,
      }),
    ).rejects.toMatchObject({ statusCode: 402, code: 'authentication_required' })
  })
})

test('the intent of a first invoice is confirmed by the page, and the subscription becomes active', async () => {
  const { stripe, catalog } = story
  const { id: customer } = await stripe.customers.create()
  const { id, latest_invoice } = await stripe.subscriptions.create({
    customer,
    items: [{ price: catalog.proMonthly.id }],
    payment_behavior: 'default_incomplete',
  })
  const { data } = await stripe.invoicePayments.list({ invoice: String(latest_invoice) })
  const intent = String(data[0]?.payment.payment_intent)
  await stripe.paymentIntents.confirm(intent, { payment_method: 'pm_card_visa' })
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'active' })
  await expect(stripe.paymentIntents.cancel(intent)).rejects.toMatchObject({ statusCode: 400 })
})

test('a payment method is made of a number, of a token or of an account, and attached later', async () => {
  const { stripe } = story
  const typed = await stripe.paymentMethods.create({
    type: 'card',
    card: { number: '4242424242424242', exp_month: 12, exp_year: 2040, cvc: '123' },
    billing_details: { name: 'Ana', address: { country: 'US' } },
  })
  expect(typed).toMatchObject({
    customer: null,
    card: { last4: '4242', exp_year: 2040 },
    billing_details: { name: 'Ana', address: { country: 'US', city: null } },
  })
  const token = await stripe.paymentMethods.create({
    type: 'card',
    card: { token: 'tok_mastercard' },
  })
  expect(token.card?.brand).toBe('mastercard')
  const account = await stripe.paymentMethods.create({
    type: 'us_bank_account',
    us_bank_account: {
      account_number: '000123456789',
      routing_number: '110000000',
      account_holder_type: 'individual',
    },
  })
  expect(account.type).toBe('us_bank_account')
  const { id: customer } = await stripe.customers.create()
  expect((await stripe.paymentMethods.attach(typed.id, { customer })).customer).toBe(customer)
  const changed = await stripe.paymentMethods.update(typed.id, { card: { exp_year: 2041 } })
  expect(changed.card?.exp_year).toBe(2041)
})

async function types(since: string | undefined): Promise<string[]> {
  return (await story.eventsSince(since)).map(({ type }) => type)
}
