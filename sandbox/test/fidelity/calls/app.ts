import type Stripe from 'stripe'
import type { RunningSandbox } from '@/sandbox/server'

/** What the calls of an app share: a client, the sandbox behind it, and a catalog that others buy from. */
export interface App extends Pick<RunningSandbox, 'sandbox' | 'url'> {
  stripe: Stripe
  pro: Stripe.Product
  studio: Stripe.Product
  proMonthly: Stripe.Price
  proYearly: Stripe.Price
  studioMonthly: Stripe.Price
}

/** The calls of one part of an app. */
export type Calls = (app: App) => Promise<void>

/** A customer with a card that can be charged. */
export async function payer(stripe: Stripe, testMethod = 'pm_card_visa', more = {}) {
  const customer = await stripe.customers.create({ email: 'ana@example.test', ...more })
  const card = await stripe.paymentMethods.attach(testMethod, { customer: customer.id })
  await stripe.customers.update(customer.id, {
    invoice_settings: { default_payment_method: card.id },
  })
  return { customer: customer.id, card: card.id }
}
