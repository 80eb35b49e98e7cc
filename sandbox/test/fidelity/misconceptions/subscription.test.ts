import { always, type Facts, testRefusals } from './refusals'

const DAY = 86_400

const create = always('/v1/subscriptions')
const existing = ({ subscription }: Facts) => `/v1/subscriptions/${subscription}`

const begun =
  (also: Record<string, string>) =>
  ({ customer, price }: Facts) => ({ customer, 'items[0][price]': price, ...also })

testRefusals([
  ['an update takes no coupon beside `discounts`', existing, always({ coupon: 'X' }), 'coupon'],
  [
    'an update takes no promotion code beside `discounts`',
    existing,
    always({ promotion_code: 'promo_X' }),
    'promotion_code',
  ],
  [
    '`billing_cycle_anchor: now` is an object in an update',
    existing,
    always({ billing_cycle_anchor: 'now' }),
    'billing_cycle_anchor',
  ],
  [
    '`billing_cycle_anchor` is no instant in an update',
    existing,
    always({ billing_cycle_anchor: '1800000000' }),
    'billing_cycle_anchor',
  ],
  [
    '`billing_cycle_anchor: now` is an object when a pause ends',
    (given) => `${existing(given)}/resume`,
    always({ billing_cycle_anchor: 'now' }),
    'billing_cycle_anchor',
  ],
  [
    '`prorate` is `proration_behavior` in an update',
    existing,
    always({ prorate: 'true' }),
    'prorate',
  ],
  ['an update has no plan', existing, always({ plan: 'p' }), 'plan'],
  ['an update has its quantity on an item', existing, always({ quantity: '2' }), 'quantity'],
  [
    'the plan of an item is a price that exists',
    existing,
    ({ item }) => ({ 'items[0][id]': item, 'items[0][plan]': 'p' }),
    'items[0][plan]',
  ],
  [
    'an end and the end of the period exclude each other',
    existing,
    ({ now }) => ({ cancel_at: String(now + DAY), cancel_at_period_end: 'true' }),
    'cancel_at',
  ],
  [
    'prorations count from an instant in the current period',
    existing,
    ({ item, now }) => ({
      'items[0][id]': item,
      'items[0][quantity]': '2',
      proration_date: String(now - 90 * DAY),
    }),
    'proration_date',
  ],
  [
    'a trial that comes from a plan is not played',
    create,
    begun({ trial_from_plan: 'true' }),
    'trial_from_plan',
  ],
  [
    'a new subscription takes no coupon beside `discounts`',
    create,
    begun({ coupon: 'X' }),
    'coupon',
  ],
  ['a new subscription has no plan', create, ({ customer }) => ({ customer, plan: 'p' }), 'plan'],
  [
    'the plan of a new item is a price that exists',
    create,
    ({ customer }) => ({ customer, 'items[0][plan]': 'p' }),
    'items[0][plan]',
  ],
  [
    'a new subscription takes no tax percentage',
    create,
    begun({ tax_percent: '5' }),
    'tax_percent',
  ],
  [
    'flexible billing is not given up for classic',
    (given) => `${existing(given)}/migrate`,
    always({ 'billing_mode[type]': 'classic' }),
    'billing_mode[type]',
  ],
])
