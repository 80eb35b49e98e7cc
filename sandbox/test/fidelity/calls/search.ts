import type { Calls } from './app'
import { subscriber } from './subscriber'

/** Whatever an app looks for. */
export const callSearch: Calls = async (app) => {
  const { stripe } = app
  const { customer } = await subscriber(app)
  const query = `customer:'${customer}'`
  await stripe.charges.search({ query })
  await stripe.invoices.search({ query })
  await stripe.paymentIntents.search({ query })
  await stripe.prices.search({ query: 'active:"true"' })
  await stripe.products.search({ query: 'active:"true"' })
}
