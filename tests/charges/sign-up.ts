import type Stripe from 'stripe'
import { BRAND } from '@/lib/brand'
import { ensureCustomer } from '@/lib/customers/ensure'
import { parseSubscriptionId, type SubscriptionId } from '@/lib/ids'
import { someone } from '@/lib/workspaces/someone.fixture'
import type { Account } from '@/tests/money/account'
import type { Random } from '@/tests/simulation/random'
import { openShop, type Shop } from './shop'

/** A customer of one life, with the account at Stripe that is theirs alone. */
export type Customer = Awaited<ReturnType<typeof someone>> & {
  account: Account
  stripe: Stripe
  random: Random
  shop: Shop
  customerId: string
  subscriptionId: SubscriptionId
}

/**
 * A customer who subscribes: in some currency, to some quantity, by the month or year, with a
 * coupon, credit and tax, or without.
 */
export async function signUp(
  account: Account,
  stripe: Stripe,
  random: Random,
): Promise<{ customer: Customer; story: string[] }> {
  const person = await someone({ name: 'Ana' })
  const customerId = await ensureCustomer(person.actor, person.workspaceId)
  const shop = await openShop(stripe, random)
  const address = random.chance(0.3) ? { country: random.pick(['DE', 'FR', 'US']) } : undefined
  if (address) await stripe.customers.update(customerId, { address })
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: customerId })
  const price = random.chance(0.2) ? random.pick(shop.older) : random.pick(shop.prices).price
  const quantity = random.chance(0.5) ? 1 : random.between(2, 7)
  const coupon = random.chance(0.6) ? await someCoupon(stripe, random, shop.currency) : null
  const rate = address ? null : await someRate(stripe, random)
  const made = await stripe.subscriptions.create({
    customer: customerId,
    items: [{ price: price.id, quantity }],
    default_payment_method: card.id,
    metadata: { app: BRAND.stripe.app, env: 'test' },
    ...(coupon ? { discounts: [{ coupon: coupon.id }] } : {}),
    ...(rate ? { default_tax_rates: [rate.id] } : {}),
    ...(address ? { automatic_tax: { enabled: true } } : {}),
    ...(random.chance(0.15) ? { trial_period_days: random.between(1, 40) } : {}),
  })
  const story = [
    `${quantity} × ${price.unit_amount} ${shop.currency} each ${price.recurring?.interval_count} ${price.recurring?.interval}, ${price.tax_behavior}`,
    coupon ? `coupon ${coupon.percent_off ?? coupon.amount_off} ${coupon.duration}` : 'no coupon',
    rate ? `tax ${rate.percentage} ${rate.inclusive}` : `address ${address?.country}`,
    `${made.status}`,
  ]
  const subscriptionId = parseSubscriptionId(made.id)
  return {
    customer: { ...person, account, stripe, random, shop, customerId, subscriptionId },
    story,
  }
}

/** A coupon that takes a part, for once, for some months, or for good. */
export function someCoupon(stripe: Stripe, random: Random, currency: string) {
  const off = random.chance(0.5)
    ? { percent_off: random.pick([5, 20, 33.3, 50, 99.9, 100]) }
    : { amount_off: random.between(1, 400) * 10, currency }
  const duration = random.pick(['once', 'forever', 'repeating'])
  const months = duration === 'repeating' ? { duration_in_months: random.between(1, 14) } : {}
  return stripe.coupons.create({ ...off, duration, ...months })
}

async function someRate(stripe: Stripe, random: Random): Promise<Stripe.TaxRate | null> {
  if (random.chance(0.5)) return null
  const inclusive = random.chance(0.4)
  const percentage = random.pick([5, 7.7, 19, 20, 8.875])
  return stripe.taxRates.create({ display_name: 'VAT', inclusive, percentage })
}
