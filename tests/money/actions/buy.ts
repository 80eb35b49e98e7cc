import { attemptSession } from '@/sandbox/lifecycle/checkout/attempt'
import { completeSession } from '@/sandbox/lifecycle/checkout/complete'
import type { Form, Person } from '@/tests/money/person'
import { attachMethod } from './change-method'

// What a card form takes: cards that pay, that are refused later, and whose owner disputes; bank
// accounts that pay, and that do not.
const NUMBERS = [
  '4242424242424242',
  '4242424242424242',
  '4000000000000341',
  '4000000000000259',
  '4000000000009201',
  '4000000000009219',
  '4000000000009219',
] as const

/** Buys through Checkout: by card or bank account, on trial with and without one, with a coupon. */
export function buyThroughCheckout({ act, account, customer, random, shop, actions }: Person) {
  const trial = random.chance(0.25)
  const withoutCard = trial && random.chance(0.5)
  const session = act('POST', '/v1/checkout/sessions', {
    mode: 'subscription',
    customer,
    success_url: 'http://app.test/return',
    'line_items[0][price]': random.pick(shop.prices),
    'line_items[0][quantity]': random.chance(0.9) ? '1' : '3',
    ...(random.chance(0.15) ? { 'discounts[0][coupon]': random.pick(shop.coupons) } : {}),
    ...(trial ? trialOf((field) => `subscription_data[${field}]`, random.pick(TRIALS)) : {}),
    ...(withoutCard ? { payment_method_collection: 'if_required' } : {}),
  })
  if (!session) return
  const { sandbox } = account
  if (withoutCard) {
    sandbox.change(null, (tx) => completeSession(tx, sandbox.settings, session.id, null, null))
    actions.push('Checkout is completed without a card')
    return
  }
  const number = random.pick(NUMBERS)
  const form = { number, expMonth: 12, expYear: 2060, cvc: '123', name: 'Ana' }
  const { kind } = sandbox.change(null, (tx) =>
    attemptSession(tx, sandbox.settings, session.id, form),
  )
  actions.push(`Checkout is paid with ${number}: ${kind}`)
}

// How long, and what happens at its end without a card.
type Trial = readonly [days: string, missing: string]
const TRIALS: readonly [Trial, ...Trial[]] = [
  ['3', 'cancel'],
  ['3', 'create_invoice'],
  ['30', 'pause'],
  ['30', 'create_invoice'],
]

function trialOf(name: (field: string) => string, [days, missing]: Trial): Form {
  return {
    [name('trial_period_days')]: days,
    [`${name('trial_settings')}[end_behavior][missing_payment_method]`]: missing,
  }
}

/** Is sold a plan by an operator: charged at once, later, or sent invoices to be paid in some days. */
export function beSoldByApi(person: Person) {
  const { act, customer, random, shop, decided } = person
  const days = random.chance(0.4) ? random.pick(['7', '30']) : null
  if (days === null && random.chance(0.7)) attachMethod(person)
  const made = act('POST', '/v1/subscriptions', {
    customer,
    'items[0][price]': random.pick(shop.prices),
    'items[0][quantity]': random.pick(['1', '1', '1', '2', '0']),
    ...(days === null
      ? { payment_behavior: random.pick(['allow_incomplete', 'default_incomplete']) }
      : { collection_method: 'send_invoice', days_until_due: days }),
    ...(random.chance(0.2) ? trialOf((field) => field, random.pick(TRIALS)) : {}),
    ...(random.chance(0.15) ? { 'discounts[0][coupon]': random.pick(shop.coupons) } : {}),
  })
  if (made && days !== null) decided.sent.set(made.id, Number(days))
}
