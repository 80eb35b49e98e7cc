import { expect, test } from '@playwright/test'
import { bankOf, formOf, openWorld, said, save, typeCard } from './world'

let world: Awaited<ReturnType<typeof openWorld>>

test.beforeAll(async () => {
  world = await openWorld()
})

test.afterAll(() => world.stop())

async function setup(more: Record<string, string> = {}) {
  const { id: customer } = await world.ask('customers', {})
  const intent = await world.ask('setup_intents', { customer, ...more })
  return { customer, id: intent.id, secret: intent.client_secret }
}

test('a card is saved, and its number is never in the page', async ({ page }) => {
  const warnings: string[] = []
  page.on('console', (message) => warnings.push(message.text()))
  const { customer, secret } = await setup()
  await world.visit(page, { secret })
  await typeCard(page, '4242424242424242')
  await save(page)
  const { setupIntent } = await said(page)
  expect(setupIntent).toMatchObject({ status: 'succeeded', client_secret: secret })
  expect(setupIntent).not.toHaveProperty('customer')
  const { data } = await world.ask(`customers/${customer}/payment_methods`)
  expect(data).toMatchObject([{ id: setupIntent.payment_method, card: { last4: '4242' } }])
  expect(await page.content()).not.toContain('4242')
  const events = await page.evaluate('window.events')
  expect(events).toEqual(
    expect.arrayContaining([
      { type: 'ready', elementType: 'payment' },
      expect.objectContaining({ type: 'change', complete: true, value: { type: 'card' } }),
    ]),
  )
  expect(warnings.filter((text) => /stripe/i.test(text))).toEqual([])
})

test('what is wrong with a card is said beside its field, and a refusal by its bank in the answer', async ({
  page,
}) => {
  const { secret } = await setup()
  await world.visit(page, { secret })
  await save(page)
  expect(await said(page)).toEqual({
    error: {
      type: 'validation_error',
      code: 'incomplete_number',
      message: 'Your card number is incomplete.',
    },
  })
  await expect(formOf(page).getByRole('alert').first()).toHaveText(
    'Your card number is incomplete.',
  )
  await expect(formOf(page).getByLabel('Card number')).toBeFocused()
  await typeCard(page, '4000000000000002')
  await save(page)
  expect(await said(page)).toMatchObject({
    error: {
      type: 'card_error',
      code: 'card_declined',
      decline_code: 'generic_decline',
      message: 'Your card was declined.',
      setup_intent: { status: 'requires_payment_method' },
    },
  })
  await typeCard(page, '5555555555554444')
  await save(page)
  expect(await said(page)).toMatchObject({ setupIntent: { status: 'succeeded' } })
})

test('the bank asks over the page: refused, then recognized', async ({ page }) => {
  const { secret } = await setup()
  await world.visit(page, { secret, later: '1' })
  await typeCard(page, '4000002500003155')
  await save(page)
  await bankOf(page).getByRole('button', { name: 'Fail authentication' }).click()
  expect(await said(page)).toMatchObject({
    error: {
      type: 'invalid_request_error',
      code: 'setup_intent_authentication_failure',
      setup_intent: { status: 'requires_payment_method' },
    },
  })
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await save(page)
  await bankOf(page).getByRole('button', { name: 'Complete authentication' }).click()
  expect(await said(page)).toMatchObject({ setupIntent: { status: 'succeeded' } })
})

test('a bank account is saved, and is not offered where only cards are', async ({ page }) => {
  const { customer, secret } = await setup()
  await world.visit(page, { secret })
  const form = formOf(page)
  await form.getByText('US bank account').click()
  await expect(form.getByLabel('Card number')).toBeHidden()
  await form.getByLabel('Full name').fill('Ana Example')
  await form.getByLabel('Email').fill('ana@example.test')
  await form.getByLabel('Routing number').fill('110000000')
  await form.getByLabel('Account number').fill('000123456789')
  await save(page)
  expect(await said(page)).toMatchObject({ setupIntent: { status: 'succeeded' } })
  const { data } = await world.ask(`customers/${customer}/payment_methods`)
  expect(data).toMatchObject([
    { type: 'us_bank_account', billing_details: { name: 'Ana Example' } },
  ])
  const cards = await setup({ 'allowed_payment_method_types[0]': 'card' })
  await world.visit(page, { secret: cards.secret })
  await expect(form.getByLabel('Card number')).toBeVisible()
  await expect(form.getByText('US bank account')).toHaveCount(0)
})

test('a payment is confirmed, and the page goes on to its return address', async ({ page }) => {
  const { id: customer } = await world.ask('customers', {})
  const intent = await world.ask('payment_intents', { amount: '2000', currency: 'usd', customer })
  await world.visit(page, { secret: intent.client_secret, redirect: 'always' })
  await typeCard(page, '4242424242424242')
  await save(page)
  await expect(page.getByRole('heading', { name: 'Back' })).toBeVisible()
  const query = Object.fromEntries(new URL(page.url()).searchParams)
  expect(query).toEqual({
    payment_intent: intent.id,
    payment_intent_client_secret: intent.client_secret,
    redirect_status: 'succeeded',
  })
  expect((await world.ask(`payment_intents/${intent.id}`)).status).toBe('succeeded')
})

test('a payment that waits for its cardholder is finished in the page', async ({ page }) => {
  const { id: customer } = await world.ask('customers', {})
  const intent = await world.ask('payment_intents', {
    amount: '2000',
    currency: 'usd',
    customer,
    payment_method: 'pm_card_authenticationRequired',
    confirm: 'true',
  })
  await world.visit(page, { do: 'next', secret: intent.client_secret })
  await bankOf(page).getByRole('button', { name: 'Complete authentication' }).click()
  expect(await said(page)).toMatchObject({ paymentIntent: { status: 'succeeded' } })
  await world.visit(page, { do: 'next', secret: intent.client_secret })
  expect(await said(page)).toMatchObject({ error: { type: 'invalid_request_error' } })
})

test('an element whose intent is not there says why', async ({ page }) => {
  const { id } = await setup()
  await world.visit(page, { secret: `${id}_secret_other` })
  await expect
    .poll(() => page.evaluate('window.events'))
    .toMatchObject([{ type: 'loaderror', error: { code: 'resource_missing' } }])
})
