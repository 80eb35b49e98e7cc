import { expect, test } from 'vitest'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import { addCatalogue, card, openCheckout, startWorld } from '@/sandbox/test-world'

test('every call that an app makes is understood as the SDK sends it', async () => {
  const world = await startWorld()
  const { stripe } = world
  const { pro, studio, proMonthly, studioMonthly } = await addCatalogue(stripe)
  const configuration = await stripe.billingPortal.configurations.create({
    business_profile: {
      privacy_policy_url: 'http://p.test/',
      terms_of_service_url: 'http://t.test/',
    },
    features: {
      customer_update: { enabled: true, allowed_updates: ['email', 'address', 'tax_id', 'name'] },
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      subscription_cancel: {
        enabled: true,
        mode: 'at_period_end',
        cancellation_reason: { enabled: true, options: ['too_expensive', 'other'] },
      },
      subscription_update: {
        enabled: true,
        default_allowed_updates: ['price', 'promotion_code'],
        proration_behavior: 'create_prorations',
        products: [
          { product: pro.id, prices: [proMonthly.id] },
          { product: studio.id, prices: [studioMonthly.id] },
        ],
        schedule_at_period_end: {
          conditions: [{ type: 'decreasing_item_amount' }, { type: 'shortening_interval' }],
        },
        trial_update_behavior: 'continue_trial',
      },
    },
    default_return_url: 'http://x.test/',
    login_page: { enabled: true },
  })
  await stripe.billingPortal.configurations.update(configuration.id, {
    name: 'main',
    metadata: { of: 'ledgerline' },
  })
  const { customer, session } = await openCheckout(stripe, proMonthly.id, {
    client_reference_id: 'u1',
    allow_promotion_codes: true,
    automatic_tax: { enabled: true },
    customer_update: { address: 'auto', name: 'auto' },
    billing_address_collection: 'auto',
    tax_id_collection: { enabled: true },
    payment_method_collection: 'if_required',
    subscription_data: {
      metadata: { user_id: 'u1' },
      billing_mode: { type: 'flexible' },
      trial_settings: { end_behavior: { missing_payment_method: 'pause' } },
    },
    metadata: { user_id: 'u1' },
    expires_at: Math.floor(Date.now() / 1000) + 3600,
  })
  await payCheckout(world.sandbox, session.id, { ...card(), country: 'US', postalCode: '94110' })
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({
    name: 'Ana Example',
    address: { country: 'US', postal_code: '94110' },
  })

  const subscriptions = await stripe.subscriptions.list({
    customer: customer.id,
    status: 'all',
    limit: 100,
    expand: ['data.discounts', 'data.latest_invoice'],
  })
  const { id, items } = subscriptions.data[0] ?? { id: '', items: { data: [] } }
  const item = items.data[0]?.id ?? ''
  const deep = await stripe.subscriptions.retrieve(id, {
    expand: [
      'items.data.price.product',
      'latest_invoice.payments',
      'default_payment_method',
      'schedule',
      'pending_setup_intent',
      'customer',
    ],
  })
  expect(deep).toMatchObject({
    default_payment_method: { card: { last4: '4242' } },
    schedule: null,
    items: { data: [{ price: { product: { name: 'Pro' } } }] },
  })

  const calls: (() => Promise<unknown>)[] = [
    () => stripe.customers.list({ email: 'ana@example.test', limit: 1 }),
    () => stripe.customers.listPaymentMethods(customer.id, { type: 'card' }),
    () => stripe.checkout.sessions.retrieve(session.id, { expand: ['subscription', 'line_items'] }),
    () => stripe.checkout.sessions.list({ customer: customer.id, status: 'open' }),
    () => stripe.checkout.sessions.listLineItems(session.id, { limit: 100 }),
    () => stripe.checkout.sessions.update(session.id, { metadata: { seen: '1' } }),
    () =>
      stripe.billingPortal.sessions.create({
        customer: customer.id,
        return_url: 'http://x.test/',
        configuration: configuration.id,
        flow_data: {
          type: 'subscription_cancel',
          subscription_cancel: { subscription: id },
          after_completion: { type: 'redirect', redirect: { return_url: 'http://x.test/' } },
        },
      }),
    () =>
      stripe.subscriptions.update(id, {
        items: [{ id: item, price: studioMonthly.id, quantity: 1 }],
        proration_behavior: 'always_invoice',
        payment_behavior: 'pending_if_incomplete',
        proration_date: Math.floor(Date.now() / 1000),
      }),
    () => stripe.subscriptions.update(id, { cancel_at: 'max_period_end' }),
    () => stripe.subscriptions.update(id, { cancel_at: '' }),
    () =>
      stripe.subscriptions.update(id, {
        cancel_at_period_end: true,
        cancellation_details: { feedback: 'unused', comment: 'x' },
      }),
    () =>
      stripe.subscriptions.update(id, {
        pause_collection: { behavior: 'void', resumes_at: Math.floor(Date.now() / 1000) + 86_400 },
      }),
    () => stripe.subscriptions.update(id, { pause_collection: '' }),
    () => stripe.subscriptions.update(id, { trial_end: 'now' }),
    () => stripe.subscriptionItems.list({ subscription: id }),
    () => stripe.subscriptionItems.retrieve(item),
    () =>
      stripe.invoices.createPreview({
        customer: customer.id,
        subscription: id,
        subscription_details: { cancel_now: true },
      }),
    () =>
      stripe.invoices.createPreview({
        customer: customer.id,
        subscription_details: { items: [{ price: proMonthly.id }] },
      }),
    () =>
      stripe.invoices.list({ customer: customer.id, subscription: id, status: 'paid', limit: 24 }),
    () =>
      stripe.invoicePayments.list({
        payment: { type: 'payment_intent', payment_intent: 'pi' },
        status: 'paid',
      }),
    () =>
      stripe.events.list({
        types: ['invoice.paid', 'customer.subscription.updated'],
        delivery_success: false,
        limit: 100,
      }),
    () =>
      stripe.prices.list({
        lookup_keys: ['pro_monthly', 'pro_yearly'],
        active: true,
        expand: ['data.product'],
      }),
    () =>
      stripe.products.create({
        name: 'Pro',
        metadata: { plan: 'pro' },
        marketing_features: [{ name: 'f' }],
        default_price_data: {
          currency: 'usd',
          unit_amount: 1000,
          recurring: { interval: 'month' },
        },
      }),
    () =>
      stripe.products.update(pro.id, {
        name: 'Pro',
        description: 'd',
        default_price: proMonthly.id,
      }),
    () => stripe.prices.update(proMonthly.id, { active: false }),
    () => stripe.webhookEndpoints.list({ limit: 16 }),
    () =>
      stripe.subscriptions.cancel(id, {
        invoice_now: true,
        prorate: true,
        cancellation_details: { comment: 'x' },
      }),
  ]
  for (const call of calls) await call()

  const [invoice] = (await stripe.invoices.list({ customer: customer.id, limit: 1 })).data
  await stripe.invoices.listLineItems(invoice?.id ?? '')
  await stripe.invoices.retrieve(invoice?.id ?? '', {
    expand: ['payments.data.payment.payment_intent'],
  })
  await world.stop()
})
