import type { Calls } from './app'
import { subscriber } from './subscriber'

export const callPortal: Calls = async (app) => {
  const { stripe, pro, studio, proMonthly, proYearly, studioMonthly } = app
  const configuration = await stripe.billingPortal.configurations.create({
    business_profile: {
      headline: 'Your plan',
      privacy_policy_url: 'http://app.test/privacy',
      terms_of_service_url: 'http://app.test/terms',
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
      subscription_pause: { enabled: false },
      subscription_update: {
        enabled: true,
        default_allowed_updates: ['price', 'promotion_code'],
        proration_behavior: 'create_prorations',
        products: [
          { product: pro.id, prices: [proMonthly.id, proYearly.id] },
          { product: studio.id, prices: [studioMonthly.id] },
        ],
        schedule_at_period_end: {
          conditions: [{ type: 'decreasing_item_amount' }, { type: 'shortening_interval' }],
        },
        trial_update_behavior: 'continue_trial',
      },
    },
    default_return_url: 'http://app.test/settings',
    login_page: { enabled: true },
  })
  const { id } = configuration
  await stripe.billingPortal.configurations.update(id, { name: 'main', metadata: { of: 'app' } })
  await stripe.billingPortal.configurations.retrieve(id, {
    expand: ['features.subscription_update.products'],
  })
  await stripe.billingPortal.configurations.list({ active: true })

  const own = await subscriber(app)
  const coupon = await stripe.coupons.create({ percent_off: 50, duration: 'once' })
  const back = { customer: own.customer, return_url: 'http://app.test/settings', configuration: id }
  await stripe.billingPortal.sessions.create(back)
  await stripe.billingPortal.sessions.create({
    ...back,
    flow_data: {
      type: 'subscription_cancel',
      subscription_cancel: {
        subscription: own.id,
        retention: { type: 'coupon_offer', coupon_offer: { coupon: coupon.id } },
      },
      after_completion: { type: 'redirect', redirect: { return_url: 'http://app.test/left' } },
    },
  })
  await stripe.billingPortal.sessions.create({
    ...back,
    flow_data: {
      type: 'subscription_update_confirm',
      subscription_update_confirm: {
        subscription: own.id,
        items: [{ id: own.item, price: studioMonthly.id, quantity: 1 }],
      },
      after_completion: {
        type: 'hosted_confirmation',
        hosted_confirmation: { custom_message: 'Done' },
      },
    },
  })
  await stripe.billingPortal.sessions.create({
    ...back,
    flow_data: {
      type: 'subscription_update',
      subscription_update: { subscription: own.id },
      after_completion: { type: 'portal_homepage' },
    },
  })
  await stripe.billingPortal.sessions.create({
    ...back,
    flow_data: { type: 'payment_method_update' },
  })
}
