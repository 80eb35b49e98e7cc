import { afterEach, beforeEach, expect, test } from 'vitest'
import { startWorld } from '@/sandbox/test/world'

let world: Awaited<ReturnType<typeof startWorld>>
beforeEach(async () => {
  world = await startWorld()
})
afterEach(() => world.stop())

const PAGE = { Origin: 'http://app.test', 'Sec-Fetch-Site': 'cross-site' }

async function ask(method: 'GET' | 'POST', path: string, form: Record<string, string>, more = {}) {
  const query = new URLSearchParams(form)
  const address = `${world.url}${path}${method === 'GET' ? `?${query}` : ''}`
  const body = method === 'POST' ? { body: query } : {}
  const answer = await fetch(address, { method, headers: { ...PAGE, ...more }, ...body })
  return { status: answer.status, headers: answer.headers, body: await answer.json() }
}

async function setup() {
  const { id: customer } = await world.stripe.customers.create()
  const intent = await world.stripe.setupIntents.create({ customer, metadata: { own: 'yes' } })
  return { customer, intent, secret: String(intent.client_secret) }
}

test('a page saves a card with its publishable key and the secret of the intent', async () => {
  const { customer, intent, secret } = await setup()
  const key = 'pk_test_page'
  const made = await ask('POST', '/v1/payment_methods', {
    key,
    type: 'card',
    'card[number]': '4242424242424242',
    'card[exp_month]': '12',
    'card[exp_year]': '2040',
    'card[cvc]': '123',
  })
  expect(made.headers.get('access-control-allow-origin')).toBe('*')
  const confirmed = await ask('POST', `/v1/setup_intents/${intent.id}/confirm`, {
    key,
    client_secret: secret,
    payment_method: made.body.id,
  })
  expect(confirmed.body).toMatchObject({ status: 'succeeded', payment_method: made.body.id })
  for (const hidden of ['customer', 'metadata', 'latest_attempt'])
    expect(confirmed.body).not.toHaveProperty(hidden)
  const { data } = await world.stripe.customers.listPaymentMethods(customer)
  expect(data.map(({ id }) => id)).toEqual([made.body.id])
})

test('an intent cannot be read or confirmed without its secret, and a page cannot use a secret key', async () => {
  const { intent, secret } = await setup()
  const path = `/v1/setup_intents/${intent.id}`
  const key = 'pk_test_page'
  const codes = async (form: Record<string, string>, more = {}) => {
    const { status, body } = await ask('GET', path, form, more)
    return [status, body.error?.code ?? body.error?.param ?? body.object]
  }
  expect(await codes({ key, client_secret: secret })).toEqual([200, 'setup_intent'])
  expect(await codes({ key })).toEqual([400, 'parameter_missing'])
  expect(await codes({ key, client_secret: `${intent.id}_secret_no` })).toEqual([
    400,
    'client_secret',
  ])
  const bearer = { Authorization: 'Bearer sk_test_x' }
  expect((await codes({ client_secret: secret }, bearer))[0]).toBe(401)
  expect((await codes({}))[0]).toBe(401)
})

test('a publishable key opens nothing else, from a page or from a server', async () => {
  const headers = { Authorization: 'Bearer pk_test_page' }
  const answer = await fetch(`${world.url}/v1/customers`, { headers })
  expect([answer.status, (await answer.json()).error.code]).toEqual([401, 'secret_key_required'])
  const page = await fetch(`${world.url}/v1/customers`, { headers: { ...headers, ...PAGE } })
  expect(page.status).toBe(403)
})

test('a browser that asks first may go on where a page may ask, and only there', async () => {
  const before = (path: string, method: string) =>
    fetch(`${world.url}${path}`, {
      method: 'OPTIONS',
      headers: {
        ...PAGE,
        'Access-Control-Request-Method': method,
        'Access-Control-Request-Headers': 'authorization',
      },
    })
  const open = await before('/v1/setup_intents/seti_1/confirm', 'POST')
  expect(open.status).toBe(204)
  expect(open.headers.get('access-control-allow-headers')).toContain('authorization')
  expect((await before('/v1/customers', 'POST')).status).toBe(403)
  expect((await before('/v1/setup_intents/seti_1', 'POST')).status).toBe(403)
})

test('a bank that asks about a card to be saved is answered on its page', async () => {
  const { stripe, url } = world
  const { customer, intent } = await setup()
  const payment_method = 'pm_card_authenticationRequired'
  const asked = await stripe.setupIntents.confirm(intent.id, {
    payment_method,
    return_url: 'http://app.test/back',
  })
  expect(asked).toMatchObject({
    status: 'requires_action',
    next_action: {
      type: 'redirect_to_url',
      redirect_to_url: { return_url: 'http://app.test/back', url: `${url}/3ds/${intent.id}` },
    },
  })
  const answer = (outcome: string) =>
    fetch(`${url}/3ds/${intent.id}`, {
      method: 'POST',
      body: new URLSearchParams({ outcome }),
      redirect: 'manual',
    })
  expect((await answer('fail')).headers.get('location')).toBe('http://app.test/back')
  expect(await stripe.setupIntents.retrieve(intent.id)).toMatchObject({
    status: 'requires_payment_method',
    last_setup_error: { code: 'setup_intent_authentication_failure' },
  })
  await stripe.setupIntents.confirm(intent.id, { payment_method })
  await answer('complete')
  expect((await stripe.setupIntents.retrieve(intent.id)).status).toBe('succeeded')
  expect((await stripe.customers.listPaymentMethods(customer)).data).toHaveLength(1)
  const { data } = await stripe.events.list({ types: ['setup_intent.*'] })
  expect(data.map(({ type }) => type)).toEqual([
    'setup_intent.succeeded',
    'setup_intent.requires_action',
    'setup_intent.setup_failed',
    'setup_intent.requires_action',
    'setup_intent.created',
  ])
})

test('the card of a first payment is kept for its customer, and for the subscription that asks for it', async () => {
  const { stripe } = world
  const { id: customer } = await stripe.customers.create()
  const product = await stripe.products.create({ name: 'Pro' })
  const price = await stripe.prices.create({
    product: product.id,
    currency: 'usd',
    unit_amount: 1900,
    recurring: { interval: 'month' },
  })
  const { id, latest_invoice } = await stripe.subscriptions.create({
    customer,
    items: [{ price: price.id }],
    payment_behavior: 'default_incomplete',
    payment_settings: { save_default_payment_method: 'on_subscription' },
  })
  const { data } = await stripe.invoicePayments.list({ invoice: String(latest_invoice) })
  const card = await stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_visa' } })
  await stripe.paymentIntents.confirm(String(data[0]?.payment.payment_intent), {
    payment_method: card.id,
  })
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({
    status: 'active',
    default_payment_method: card.id,
  })
  expect((await stripe.paymentMethods.retrieve(card.id)).customer).toBe(customer)
})
