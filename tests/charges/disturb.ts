import type Stripe from 'stripe'
import type { Account } from '@/tests/money/account'
import type { Random } from '@/tests/simulation/random'
import { someCoupon } from './sign-up'
import { somePrice } from './some-price'

type Act = (stripe: Stripe, random: Random, subscription: Stripe.Subscription) => Promise<string>

/** Something that happens between two charges, some days after the last; what it was. */
export async function disturb(
  stripe: Stripe,
  random: Random,
  account: Account,
  id: string,
): Promise<string> {
  const then = account.sandbox.clock.now() + random.between(1, 20) * 86_400
  const before = await stripe.subscriptions.retrieve(id)
  // What is due in these days is a charge that was not announced.
  if (then < (before.items.data[0]?.current_period_end ?? 0)) {
    while (account.step(then));
    account.moveTo(then)
  }
  return random.pick(ACTS)(stripe, random, await stripe.subscriptions.retrieve(id))
}

const changeQuantity: Act = async (stripe, random, { id, items }) => {
  const quantity = random.between(1, 9)
  await stripe.subscriptions.update(id, {
    items: [{ id: itemOf(items), quantity }],
    proration_behavior: random.pick(['create_prorations', 'always_invoice', 'none']),
  })
  return `from now on ${quantity}`
}

const changePlan: Act = async (stripe, random, { id, items, currency }) => {
  const interval = items.data[0]?.price.recurring?.interval === 'year' ? 'year' : 'month'
  const price = await somePrice(stripe, random, currency, interval)
  await stripe.subscriptions.update(id, {
    items: [{ id: itemOf(items), price: price.id, quantity: random.between(1, 3) }],
    proration_behavior: random.pick(['create_prorations', 'always_invoice']),
  })
  return `another plan for ${price.unit_amount}`
}

const giveCredit: Act = async (stripe, random, { customer, currency }) => {
  const amount = -random.between(1, 9_000) * 10
  await stripe.customers.createBalanceTransaction(String(customer), { amount, currency })
  return `credit of ${amount}`
}

const giveCoupon: Act = async (stripe, random, { id, currency }) => {
  const coupon = await someCoupon(stripe, random, currency)
  await stripe.subscriptions.update(id, { discounts: [{ coupon: coupon.id }] })
  return `coupon ${coupon.percent_off ?? coupon.amount_off} ${coupon.duration}`
}

const addItem: Act = async (stripe, random, { id, customer, currency }) => {
  const amount = random.between(-200, 900) * 10
  await stripe.invoiceItems.create({
    ...{ customer: String(customer), subscription: id, currency, amount },
    description: 'Something that an operator added',
  })
  return `an item of ${amount}`
}

const ACTS: readonly [Act, ...Act[]] = [
  ...([changeQuantity, changePlan, giveCredit] as const),
  ...[giveCoupon, addItem],
]

function itemOf(items: Stripe.Subscription['items']): string {
  return items.data[0]?.id ?? ''
}
