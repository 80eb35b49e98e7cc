import type Stripe from 'stripe'
import type { Form, Person } from '@/tests/money/person'
import { livingOf } from './living'

const PRORATIONS = ['none', 'create_prorations', 'always_invoice', 'always_invoice'] as const
const BEHAVIORS = [
  'allow_incomplete',
  'allow_incomplete',
  'default_incomplete',
  'error_if_incomplete',
  'pending_if_incomplete',
] as const

/** Another plan, interval or quantity, none included. */
export function changePlan(person: Person) {
  const { random, shop, decided, account } = person
  const subscription = livingOf(person)
  const item = subscription?.items.data[0]
  if (!subscription || !item) return
  const price = random.chance(0.8) ? random.pick(shop.prices) : item.price.id
  const proration = random.pick(PRORATIONS)
  const made = change(person, subscription, {
    'items[0][id]': item.id,
    'items[0][price]': price,
    'items[0][quantity]': random.pick(['1', '1', '1', '1', '2', '0']),
    proration_behavior: proration,
    payment_behavior: random.pick(BEHAVIORS),
  })
  const tier = account.sandbox.store.find('price', price)?.metadata.tier
  if (!made || proration === 'always_invoice') return
  if (decided.plans.get(subscription.id) !== 'studio')
    decided.plans.set(subscription.id, tier === 'studio' ? 'studio' : 'pro')
}

/** A new period begins now, and is paid for now. */
export function restartCycle(person: Person) {
  const subscription = livingOf(person)
  if (!subscription) return
  change(person, subscription, {
    'billing_cycle_anchor[type]': 'now',
    proration_behavior: person.random.pick(['create_prorations', 'always_invoice']),
  })
}

/** A coupon is given, or taken away. */
export function changeCoupon(person: Person) {
  const { random, shop } = person
  const subscription = livingOf(person)
  if (!subscription) return
  const given = { 'discounts[0][coupon]': random.pick(shop.coupons) }
  change(person, subscription, random.chance(0.5) ? given : { discounts: '' })
}

/** A trial ends now, is given, or moves. */
export function moveTrial(person: Person) {
  const { now, random } = person
  const subscription = livingOf(person)
  if (!subscription) return
  const end = random.chance(0.5) ? 'now' : `${now() + random.pick([9, 40]) * 86_400}`
  change(person, subscription, { trial_end: end })
}

function change(
  { act, decided, now }: Person,
  { id }: Readonly<Stripe.Subscription>,
  form: Form,
): boolean {
  const made = act('POST', `/v1/subscriptions/${id}`, form)
  if (made) decided.changedAt.set(id, now())
  return made !== null
}
