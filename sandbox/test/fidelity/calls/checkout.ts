import type Stripe from 'stripe'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import { completeWithoutCard } from '@/sandbox/lifecycle/checkout/pay-nothing'
import { card } from '@/sandbox/test/world'
import type { App, Calls } from './app'

const RETURN = 'http://app.test/return?session_id={CHECKOUT_SESSION_ID}'

/** Hosted pages, as an app that sells opens them: paid, on trial without a card, embedded, and left. */
export const callCheckout: Calls = async (app) => {
  const { stripe, sandbox, proMonthly } = app
  const customer = (await stripe.customers.create({ email: 'c@example.test', name: 'Cy' })).id
  const session = await open(app, customer)
  await payCheckout(sandbox, session.id, { ...card(), country: 'US', postalCode: '94110' })
  await stripe.checkout.sessions.retrieve(session.id, {
    expand: ['subscription.latest_invoice', 'line_items.data.price.product', 'customer', 'invoice'],
  })
  await stripe.checkout.sessions.list({ customer, status: 'complete' })
  await stripe.checkout.sessions.listLineItems(session.id, { limit: 100 })
  await stripe.checkout.sessions.update(session.id, { metadata: { seen: 'yes' } })

  const trial = await open(app, customer, {
    subscription_data: {
      metadata: { user_id: 'u1' },
      trial_period_days: 14,
      trial_settings: { end_behavior: { missing_payment_method: 'pause' } },
      billing_mode: { type: 'flexible' },
    },
  })
  await completeWithoutCard(sandbox, trial.id)
  await stripe.checkout.sessions.retrieve(trial.id)

  const coupon = await stripe.coupons.create({ percent_off: 10, duration: 'once' })
  const code = await stripe.promotionCodes.create({
    promotion: { type: 'coupon', coupon: coupon.id },
  })
  const embedded = await stripe.checkout.sessions.create({
    mode: 'subscription',
    customer,
    line_items: [{ price: proMonthly.id, quantity: 1 }],
    discounts: [{ promotion_code: code.id }],
    ui_mode: 'embedded_page',
    return_url: RETURN,
    redirect_on_completion: 'if_required',
    excluded_payment_method_types: ['klarna'],
    managed_payments: { enabled: true },
  })
  await stripe.checkout.sessions.expire(embedded.id)
  await payCheckout(sandbox, (await open(app, customer)).id, card('4000000000000002')).catch(
    () => {},
  )
}

function open(
  { stripe, sandbox, proMonthly }: App,
  customer: string,
  more: Partial<Stripe.Checkout.SessionCreateParams> = {},
) {
  return stripe.checkout.sessions.create({
    mode: 'subscription',
    customer,
    client_reference_id: 'u1',
    line_items: [{ price: proMonthly.id, quantity: 1 }],
    allow_promotion_codes: true,
    automatic_tax: { enabled: true },
    customer_update: { address: 'auto', name: 'auto' },
    billing_address_collection: 'auto',
    tax_id_collection: { enabled: true },
    payment_method_collection: 'if_required',
    subscription_data: { metadata: { user_id: 'u1' }, billing_mode: { type: 'flexible' } },
    metadata: { user_id: 'u1' },
    expires_at: sandbox.clock.now() + 3600,
    success_url: RETURN,
    cancel_url: 'http://app.test/pricing',
    ...more,
  })
}
