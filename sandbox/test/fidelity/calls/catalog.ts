import type Stripe from 'stripe'
import type { App, Calls } from './app'

/** Two products with their prices, as a script that sets an account up makes them. */
export async function makeCatalog(
  stripe: Stripe,
): Promise<Pick<App, 'pro' | 'studio' | 'proMonthly' | 'proYearly' | 'studioMonthly'>> {
  const pro = await stripe.products.create({
    name: 'Pro',
    metadata: { tier: 'pro' },
    marketing_features: [{ name: 'Unlimited ledgers' }],
    default_price_data: { currency: 'usd', unit_amount: 900, recurring: { interval: 'week' } },
  })
  const studio = await stripe.products.create({ name: 'Studio', description: 'For teams' })
  const price = (of: Stripe.Product, unit_amount: number, interval: 'month' | 'year') =>
    stripe.prices.create({
      product: of.id,
      currency: 'usd',
      unit_amount,
      recurring: { interval },
      lookup_key: `${of.name.toLowerCase()}_${interval}ly`,
      transfer_lookup_key: true,
      tax_behavior: 'exclusive',
    })
  return {
    pro,
    studio,
    proMonthly: await price(pro, 1900, 'month'),
    proYearly: await price(pro, 19_000, 'year'),
    studioMonthly: await price(studio, 4900, 'month'),
  }
}

export const callCatalog: Calls = async ({ stripe, pro, proYearly }) => {
  await stripe.products.update(pro.id, { description: 'For one', default_price: proYearly.id })
  await stripe.products.retrieve(pro.id)
  await stripe.products.list({ active: true })
  const old = await stripe.products.create({ name: 'Old' })
  await stripe.products.del(old.id)
  await stripe.prices.retrieve(proYearly.id, { expand: ['currency_options'] })
  await stripe.prices.list({
    lookup_keys: ['pro_monthly', 'pro_yearly'],
    active: true,
    expand: ['data.product'],
  })
  const once = await stripe.prices.create({ product: pro.id, currency: 'usd', unit_amount: 5000 })
  await stripe.prices.update(once.id, { active: false, nickname: 'One day' })
  const plan = await stripe.plans.create({
    currency: 'usd',
    interval: 'month',
    product: pro.id,
    billing_scheme: 'tiered',
    tiers_mode: 'graduated',
    tiers: [
      { up_to: 5, flat_amount: 900 },
      { up_to: 'inf', unit_amount: 50 },
    ],
  })
  await stripe.plans.update(plan.id, { nickname: 'By the seat' })
  await stripe.plans.retrieve(plan.id, { expand: ['tiers', 'product'] })
  await stripe.plans.list({ active: true, product: pro.id })
  await stripe.plans.del(plan.id)
}
