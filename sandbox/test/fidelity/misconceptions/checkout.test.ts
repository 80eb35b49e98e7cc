import { always, type Facts, testRefusals } from './refusals'

const DAY = 86_400

const checkout = always('/v1/checkout/sessions')

const bought = ({ customer, price }: Facts) => ({
  mode: 'subscription',
  customer,
  'line_items[0][price]': price,
  'line_items[0][quantity]': '1',
})

const hosted = (also: Record<string, string>) => (facts: Facts) => ({
  ...bought(facts),
  success_url: 'http://x.test/',
  ...also,
})

const embedded = (also: Record<string, string>) => (facts: Facts) => ({
  ...bought(facts),
  ui_mode: 'embedded_page',
  return_url: 'http://x.test/',
  ...also,
})

testRefusals([
  [
    'Checkout takes no list of payment method types',
    checkout,
    hosted({ 'payment_method_types[0]': 'card' }),
    'payment_method_types',
  ],
  [
    'a setup intent takes no list of payment method types',
    always('/v1/setup_intents'),
    always({ 'payment_method_types[0]': 'card' }),
    'payment_method_types',
  ],
  ['`ui_mode: hosted` is `hosted_page`', checkout, hosted({ ui_mode: 'hosted' }), 'ui_mode'],
  [
    '`ui_mode: embedded` is `embedded_page`',
    checkout,
    embedded({ ui_mode: 'embedded' }),
    'ui_mode',
  ],
  ['`ui_mode: custom` is `elements`', checkout, embedded({ ui_mode: 'custom' }), 'ui_mode'],
  [
    'an embedded page has no `cancel_url`',
    checkout,
    embedded({ cancel_url: 'http://x.test/' }),
    'cancel_url',
  ],
  [
    'an embedded page has no `success_url`',
    checkout,
    embedded({ success_url: 'http://x.test/' }),
    'success_url',
  ],
  [
    'a hosted page has no `return_url`',
    checkout,
    hosted({ return_url: 'http://x.test/' }),
    'return_url',
  ],
  ['a hosted page needs a `success_url`', checkout, bought, 'success_url'],
  [
    'a known customer has an email address already',
    checkout,
    hosted({ customer_email: 'a@b.c' }),
    'customer',
  ],
  [
    'a subscription always makes its customer',
    checkout,
    hosted({ customer_creation: 'always' }),
    'customer_creation',
  ],
  ['Checkout takes no coupon beside `discounts`', checkout, hosted({ coupon: 'X' }), 'coupon'],
  [
    'the subscription of a session takes no coupon',
    checkout,
    hosted({ 'subscription_data[coupon]': 'X' }),
    'subscription_data[coupon]',
  ],
  [
    'the subscription of a session has its items from the lines',
    checkout,
    hosted({ 'subscription_data[items][0][plan]': 'p' }),
    'subscription_data[items]',
  ],
  [
    'the trial of a session does not come from a plan',
    checkout,
    hosted({ 'subscription_data[trial_from_plan]': 'true' }),
    'subscription_data[trial_from_plan]',
  ],
  [
    'a trial that Checkout gives lasts a day at least',
    checkout,
    hosted({ 'subscription_data[trial_period_days]': '0' }),
    'subscription_data[trial_period_days]',
  ],
  [
    'a field for codes and a discount exclude each other',
    checkout,
    hosted({ allow_promotion_codes: 'true', 'discounts[0][coupon]': 'X' }),
    'allow_promotion_codes',
  ],
  [
    'a session has one discount at most',
    checkout,
    hosted({ 'discounts[0][coupon]': 'X', 'discounts[1][coupon]': 'Y' }),
    'discounts',
  ],
  [
    'a session lasts half an hour at least',
    checkout,
    (given) => hosted({ expires_at: String(given.now + 60) })(given),
    'expires_at',
  ],
  [
    'a session lasts a day at most',
    checkout,
    (given) => hosted({ expires_at: String(given.now + 2 * DAY) })(given),
    'expires_at',
  ],
  [
    'a session for a subscription has no payment intent of its own',
    checkout,
    hosted({ 'payment_intent_data[description]': 'x' }),
    'payment_intent_data',
  ],
  [
    'a session for a subscription makes its invoice unasked',
    checkout,
    hosted({ 'invoice_creation[enabled]': 'true' }),
    'invoice_creation',
  ],
  ['a session is for a customer that exists', checkout, hosted({ customer: 'cus_x' }), 'customer'],
  [
    'a session sells a price that exists',
    checkout,
    hosted({ 'line_items[0][price]': 'price_x' }),
    'line_items[0][price]',
  ],
])
