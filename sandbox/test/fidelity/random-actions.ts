import { isMetered } from '@/sandbox/lifecycle/price/cost'
import type { Sandbox } from '@/sandbox/sandbox'
import type { directly } from './direct'
import { changePreviewed, renewalPreviewed } from './previewed'
import { type Shop, USED } from './shop'

type Call = ReturnType<typeof directly>

const DAY = 86_400
const CARDS = [
  'pm_card_visa',
  'pm_card_visa',
  'pm_card_chargeCustomerFail',
  'pm_card_authenticationRequired',
  'pm_usBankAccount_success',
  'pm_usBankAccount_insufficientFunds',
  'pm_card_createDispute',
]

/** One customer's random lifecycle, the same for the same seed. Returns its actions, to show what went wrong. */
export function liveAtRandom(sandbox: Sandbox, call: Call, shop: Shop, seed: number): string[] {
  const random = numbersFrom(seed)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const actions: string[] = []
  const act = (method: 'POST' | 'DELETE', path: string, form: Record<string, string> = {}) => {
    const answer = call(method, path, form)
    actions.push(
      `${method} ${path} ${JSON.stringify(form)} ${answer.ok ? 'ok' : answer.error.message}`,
    )
    return answer.ok ? answer.body : null
  }
  const frozen = { frozen_time: String(sandbox.clock.now()) }
  const clock = random() < 0.25 ? act('POST', '/v1/test_helpers/test_clocks', frozen) : null
  const now = () =>
    sandbox.store.find('test_helpers.test_clock', String(clock?.id))?.frozen_time ??
    sandbox.clock.now()
  const pass = (seconds: number) => {
    actions.push(`${seconds} s pass`)
    if (clock) return passOnClock(act, String(clock.id), now, seconds)
    sandbox.clock.shift(seconds)
    sandbox.scheduler.settle()
  }
  const country = pick(['', '', 'DE', 'FR', 'US'])
  const customer = String(
    act('POST', '/v1/customers', {
      name: `Seed ${seed}`,
      ...(clock ? { test_clock: String(clock.id) } : {}),
      ...(country ? { 'address[country]': country, 'address[state]': 'CA' } : {}),
    })?.id,
  )
  const attach = () => act('POST', `/v1/payment_methods/${pick(CARDS)}/attach`, { customer })
  const takeCard = () =>
    act('POST', `/v1/customers/${customer}`, {
      'invoice_settings[default_payment_method]': String(attach()?.id),
    })
  if (random() < 0.8) takeCard()
  const subscription = act('POST', '/v1/subscriptions', {
    customer,
    'items[0][price]': pick(shop.prices),
    'items[0][quantity]': pick(['1', '1', '3']),
    payment_behavior: pick(['allow_incomplete', 'default_incomplete']),
    ...(random() < 0.3
      ? {
          trial_period_days: pick(['7', '30']),
          'trial_settings[end_behavior][missing_payment_method]': pick([
            'cancel',
            'pause',
            'create_invoice',
          ]),
        }
      : {}),
    ...(random() < 0.3 ? { 'discounts[0][coupon]': pick(shop.coupons) } : {}),
    ...(random() < 0.2 ? { 'items[0][discounts][0][coupon]': pick(shop.coupons) } : {}),
    ...pick([
      {},
      {},
      country ? { 'automatic_tax[enabled]': 'true' } : {},
      { 'default_tax_rates[0]': pick(shop.rates) },
      { 'items[0][tax_rates][0]': pick(shop.rates) },
    ]),
    ...(random() < 0.2 ? { currency: 'eur' } : {}),
    ...(random() < 0.1 ? { billing_cycle_anchor: String(now() + 5 * DAY) } : {}),
  })
  if (!subscription) return actions
  const id = String(subscription.id)
  const path = `/v1/subscriptions/${id}`
  const row = () => sandbox.store.find('subscription', id)
  const invoices = () =>
    [...sandbox.store.all('invoice')].filter(
      ({ parent }) => parent?.subscription_details?.subscription === id,
    )
  const use = (value: string) =>
    act('POST', '/v1/billing/meter_events', {
      event_name: USED,
      'payload[stripe_customer_id]': customer,
      'payload[value]': value,
      timestamp: String(now()),
    })
  const change = () => {
    const item = row()?.items.data[0]
    const price = pick(shop.prices)
    const byUse = [item?.price, sandbox.store.find('price', price)].some(
      (one) => one && isMetered(one),
    )
    const form = {
      'items[0][id]': item?.id ?? '',
      'items[0][price]': price,
      'items[0][quantity]': pick(['1', '2']),
      // Between time and use nothing is credited later either: it is paid for twice because the request said so.
      proration_behavior: pick([
        byUse ? 'create_prorations' : 'none',
        'create_prorations',
        'always_invoice',
      ]),
      payment_behavior: pick(['allow_incomplete', 'pending_if_incomplete', 'error_if_incomplete']),
    }
    act('POST', path, form)
  }
  const possible: (() => unknown)[] = [
    () => pass(Math.floor(random() * 40 * DAY)),
    () => pass(Math.floor(random() * 4 * DAY)),
    () => pass(pick([3600, 24 * 3600, 366 * DAY])),
    takeCard,
    change,
    change,
    () => act('POST', path, { cancel_at_period_end: 'true' }),
    () => act('POST', path, { cancel_at_period_end: 'false' }),
    () => act('POST', path, { cancel_at: pick(['max_period_end', '']) }),
    () => act('POST', path, { trial_end: String(now() + 9 * DAY) }),
    () => act('POST', path, { trial_end: 'now' }),
    () =>
      act('POST', path, {
        'billing_cycle_anchor[type]': 'now',
        // Without prorations nothing is credited, and time is paid for twice because the request said so.
        proration_behavior: pick(['create_prorations', 'always_invoice']),
      }),
    () => act('POST', path, { 'discounts[0][coupon]': pick(shop.coupons) }),
    () => act('POST', path, { discounts: '' }),
    () =>
      act('POST', `/v1/subscription_items/${row()?.items.data[0]?.id}`, {
        'discounts[0][coupon]': pick(shop.coupons),
      }),
    () => act('POST', `/v1/subscription_items/${row()?.items.data[0]?.id}`, { discounts: '' }),
    () => use(pick(['1', '2', '40'])),
    () => use(pick(['1', '3'])),
    () => act('DELETE', `${path}/discount`),
    () => act('POST', path, { 'pause_collection[behavior]': pick(['void', 'mark_uncollectible']) }),
    () => act('POST', path, { pause_collection: '' }),
    () => act('POST', `${path}/pause`, { 'bill_for[unused_time_from][type]': 'now' }),
    () => act('POST', `${path}/resume`, { 'billing_cycle_anchor[type]': 'now' }),
    () => act('POST', `/v1/invoices/${pick(invoices())?.id}/pay`),
    () => {
      const card = act('POST', '/v1/payment_methods/pm_card_visa/attach', { customer })
      act('POST', `/v1/invoices/${row()?.latest_invoice}/pay`, { payment_method: String(card?.id) })
    },
    () => random() < 0.3 && act('POST', `/v1/invoices/${pick(invoices())?.id}/void`),
    () =>
      random() < 0.2 && act('DELETE', path, pick([{}, { invoice_now: 'true', prorate: 'true' }])),
    () => act('POST', '/v1/subscription_schedules', { from_subscription: id }),
    () => downgrade(act, sandbox, id, pick(shop.prices)),
    () => act('POST', `/v1/subscription_schedules/${row()?.schedule}/release`),
    () => changePreviewed(act, sandbox, shop, id, { price: pick(shop.prices), at: now() }),
    () => renewalPreviewed(act, sandbox, shop, id, { now, pass }),
    () =>
      random() < 0.3 &&
      act('POST', `/v1/customers/${customer}/balance_transactions`, {
        amount: pick(['-700', '250']),
        currency: row()?.currency ?? 'usd',
      }),
    () => act('POST', '/v1/refunds', { charge: chargeOf(sandbox, customer), amount: '100' }),
  ]
  const length = 5 + Math.floor(random() * 12)
  for (let nth = 0; nth < length; nth += 1) pick(possible)()
  pass(40 * DAY)
  return actions
}

/** A test clock goes no further at a time than twice the shortest interval. */
function passOnClock(
  act: (method: 'POST', path: string, form: Record<string, string>) => unknown,
  clock: string,
  now: () => number,
  seconds: number,
) {
  const end = now() + seconds
  for (let tries = 0; now() < end && tries < 100; tries += 1) {
    const frozen_time = String(Math.min(end, now() + 13 * DAY))
    if (!act('POST', `/v1/test_helpers/test_clocks/${clock}/advance`, { frozen_time })) return
  }
}

function downgrade(
  act: (method: 'POST', path: string, form: Record<string, string>) => unknown,
  sandbox: Sandbox,
  id: string,
  price: string,
) {
  const schedule = sandbox.store.find('subscription', id)?.schedule
  const phase = sandbox.store.find('subscription_schedule', String(schedule))?.phases[0]
  if (!phase) return
  act('POST', `/v1/subscription_schedules/${schedule}`, {
    'phases[0][items][0][price]': String(phase.items[0]?.price),
    'phases[0][items][0][quantity]': String(phase.items[0]?.quantity),
    'phases[0][start_date]': String(phase.start_date),
    'phases[0][end_date]': String(phase.end_date),
    'phases[1][items][0][price]': price,
    'phases[1][proration_behavior]': 'none',
  })
}

function chargeOf(sandbox: Sandbox, customer: string): string {
  return [...sandbox.store.all('charge')].find((row) => row.customer === customer)?.id ?? 'ch_none'
}

/** Mulberry32: small, fast, and the same everywhere. */
function numbersFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
