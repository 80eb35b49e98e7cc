import { type Calls, payer } from './app'

export const callCustomers: Calls = async ({ stripe }) => {
  const made = await stripe.customers.create(
    { email: 'b@example.test', name: 'Bo', metadata: { user_id: 'u1' } },
    { idempotencyKey: 'customer:u1' },
  )
  await stripe.customers.update(made.id, {
    name: 'Bo Example',
    phone: '+1 555 0100',
    address: { line1: '1 Main St', city: 'Springfield', country: 'US', postal_code: '12345' },
    preferred_locales: ['en'],
  })
  await stripe.customers.retrieve(made.id, {
    expand: ['subscriptions', 'tax', 'sources', 'tax_ids'],
  })
  await stripe.customers.list({ email: 'b@example.test', limit: 1 })
  await stripe.customers.search({ query: "metadata['user_id']:'u1'" })
  await stripe.customers.create({
    payment_method: 'pm_card_visa',
    invoice_settings: { default_payment_method: 'pm_card_visa' },
  })
  const { customer, card } = await payer(stripe)
  await stripe.customers.listPaymentMethods(customer, { type: 'card' })
  await stripe.customers.retrievePaymentMethod(customer, card)
  await stripe.paymentMethods.list({ customer, type: 'card' })
  await stripe.paymentMethods.retrieve(card, { expand: ['customer'] })
  await stripe.paymentMethods.update(card, { metadata: { main: 'yes' } })
  await stripe.paymentMethods.detach(card)
  await stripe.customers.del(made.id)
  await stripe.customers.retrieve(made.id)
}
