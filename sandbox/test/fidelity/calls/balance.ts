import { type App, type Calls, payer } from './app'
import { subscriber } from './subscriber'

const WEEK = 7 * 86_400

/** What came to the account, and what went back. */
export const callBalance: Calls = async (app) => {
  const { stripe } = app
  const { customer } = await subscriber(app)
  const { data } = await stripe.charges.list({ customer, expand: ['data.balance_transaction'] })
  const [charge] = data
  await stripe.refunds.create({ charge: charge?.id ?? '', amount: 100 })
  const { data: rows } = await stripe.balanceTransactions.list({ source: charge?.id ?? '' })
  await stripe.balanceTransactions.retrieve(rows[0]?.id ?? '', { expand: ['source'] })
  await stripe.balance.retrieve()
  await refundThatFails(app)
}

async function refundThatFails({ stripe, sandbox, proMonthly }: App) {
  const { customer } = await payer(stripe, 'pm_card_refundFail')
  await stripe.subscriptions.create({ customer, items: [{ price: proMonthly.id }] })
  const { data } = await stripe.charges.list({ customer })
  await stripe.refunds.create({ charge: data[0]?.id ?? '' })
  sandbox.clock.shift(WEEK)
  sandbox.scheduler.settle()
}
