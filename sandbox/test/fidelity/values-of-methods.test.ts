import { afterEach, beforeEach, expect, test } from 'vitest'
import { startStory } from '@/sandbox/test/story'

let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

async function payer(testMethod = 'pm_card_visa') {
  const { id } = await story.stripe.customers.create({
    email: 'ana@example.test',
    name: 'Ana',
    payment_method: testMethod,
    invoice_settings: { default_payment_method: testMethod },
  })
  return id
}

test.each([
  ['pm_card_visa', 'visa', 'visa'],
  ['pm_card_mastercard', 'mastercard', 'mastercard'],
  ['pm_card_amex', 'amex', 'american_express'],
  ['pm_card_diners', 'diners', 'diners_club'],
  ['pm_card_discover', 'discover', 'discover'],
  ['pm_card_unionpay', 'unionpay', 'union_pay'],
])('%s is of the brand %s, and shown as %s', async (testMethod, brand, display_brand) => {
  const customer = await payer()
  const { card } = await story.stripe.paymentMethods.attach(testMethod, { customer })
  expect(card).toMatchObject({ brand, display_brand })
})

test('a payment method that is not there is named as the parameter, wherever it is asked for', async () => {
  const { stripe } = story
  const customer = await payer()
  const missing = { code: 'resource_missing', param: 'payment_method' }
  await expect(stripe.paymentMethods.attach('pm_none', { customer })).rejects.toMatchObject(missing)
  await expect(stripe.paymentMethods.retrieve('pm_none')).rejects.toMatchObject(missing)
  await expect(stripe.paymentMethods.detach('pm_none')).rejects.toMatchObject(missing)
  await expect(stripe.paymentMethods.update('pm_none', {})).rejects.toMatchObject(missing)
})

test('intents say what they may be paid with, and what they are for', async () => {
  const { stripe, subscribe } = story
  const customer = await payer()
  const any = { allow_redirects: 'always', enabled: true }
  expect(await stripe.setupIntents.create({ customer })).toMatchObject({
    automatic_payment_methods: any,
  })
  const options = {
    card: {
      installments: null,
      mandate_options: null,
      network: null,
      request_three_d_secure: 'automatic',
    },
  }
  expect(
    await stripe.paymentIntents.create({ customer, amount: 500, currency: 'usd' }),
  ).toMatchObject({
    automatic_payment_methods: any,
    payment_details: { customer_reference: null, order_reference: null },
    payment_method_options: options,
  })
  const { subscription } = await subscribe()
  const { data } = await stripe.invoicePayments.list({
    invoice: String(subscription.latest_invoice),
    expand: ['data.payment.payment_intent'],
  })
  expect(data[0]?.payment.payment_intent).toMatchObject({
    payment_details: { customer_reference: null, order_reference: subscription.latest_invoice },
    payment_method_options: options,
  })
})

test.each(['pm_usBankAccount', 'pm_usBankAccount_success', 'pm_usBankAccount_insufficientFunds'])(
  '%s attaches as a bank account',
  async (testMethod) => {
    const customer = await payer()
    const method = await story.stripe.paymentMethods.attach(testMethod, { customer })
    expect(method).toMatchObject({
      type: 'us_bank_account',
      us_bank_account: { routing_number: '110000000', networks: { preferred: 'ach' } },
    })
    expect(method).not.toHaveProperty('card')
  },
)
