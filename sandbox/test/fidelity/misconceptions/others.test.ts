import { always, type Facts, testRefusals } from './refusals'

const preview = always('/v1/invoices/create_preview')

const previewed =
  (also: Record<string, string>) =>
  ({ customer, subscription }: Facts) => ({ customer, subscription, ...also })

testRefusals([
  [
    '`billing_cycle_anchor: now` is an object in a preview',
    preview,
    previewed({ 'subscription_details[billing_cycle_anchor]': 'now' }),
    'subscription_details[billing_cycle_anchor]',
  ],
  ['a preview takes no coupon beside `discounts`', preview, previewed({ coupon: 'X' }), 'coupon'],
  [
    'a preview has its items in `subscription_details`',
    preview,
    previewed({ 'subscription_items[0][price]': 'p' }),
    'subscription_items',
  ],
  [
    'a preview has its proration date in `subscription_details`',
    preview,
    previewed({ subscription_proration_date: '1' }),
    'subscription_proration_date',
  ],
  [
    'a phase has a duration, and no iterations',
    ({ schedule }) => `/v1/subscription_schedules/${schedule}`,
    ({ price }) => ({ 'phases[0][items][0][price]': price, 'phases[0][iterations]': '1' }),
    'phases[0][iterations]',
  ],
  [
    'a phase has no plans',
    ({ schedule }) => `/v1/subscription_schedules/${schedule}`,
    ({ price }) => ({ 'phases[0][plans][0][price]': price }),
    'phases[0][plans]',
  ],
  [
    'a schedule made from a subscription takes nothing else',
    always('/v1/subscription_schedules'),
    ({ subscription }) => ({ from_subscription: subscription, end_behavior: 'release' }),
    'from_subscription',
  ],
  [
    'a promotion code has its coupon in `promotion`',
    always('/v1/promotion_codes'),
    always({ coupon: 'X' }),
    'coupon',
  ],
  ['a customer takes no coupon', always('/v1/customers'), always({ coupon: 'X' }), 'coupon'],
  ['a customer takes no plan', always('/v1/customers'), always({ plan: 'p' }), 'plan'],
  [
    'a price has no trial',
    always('/v1/prices'),
    always({ product: 'p', currency: 'usd', unit_amount: '1', trial_period_days: '3' }),
    'trial_period_days',
  ],
  [
    'usage is added up by a meter, and not by a price',
    always('/v1/prices'),
    always({
      product: 'p',
      currency: 'usd',
      unit_amount: '1',
      'recurring[interval]': 'month',
      'recurring[aggregate_usage]': 'sum',
    }),
    'recurring[aggregate_usage]',
  ],
  [
    'the amount of a price cannot be changed',
    ({ price }) => `/v1/prices/${price}`,
    always({ unit_amount: '1' }),
    'unit_amount',
  ],
  [
    'an endpoint is switched off by `disabled`',
    always('/v1/webhook_endpoints'),
    always({ url: 'http://x.test/', 'enabled_events[0]': 'invoice.paid', enabled: 'true' }),
    'enabled',
  ],
  [
    'an invoice is not paid by a source',
    always('/v1/invoices/in_x/pay'),
    always({ source: 'tok_visa' }),
    'source',
  ],
])
