import type Stripe from 'stripe'
import type { Customer } from './sign-up'
import { someCoupon } from './sign-up'

type Act = (customer: Customer, subscription: Stripe.Subscription) => Promise<string>

/** Something that happens between two charges, past our pages; what it was. */
export async function disturb(customer: Customer): Promise<string> {
  const { stripe, random, subscriptionId } = customer
  const subscription = await stripe.subscriptions.retrieve(subscriptionId)
  // What a schedule has planned is changed there, and nowhere else.
  const acts = subscription.schedule ? BESIDE_A_SCHEDULE : ACTS
  return random.pick(acts)(customer, subscription)
}

/** Some days go by, if nothing is due in them: that would be a charge which was not announced. */
export async function wait({ account, random, stripe, subscriptionId }: Customer): Promise<void> {
  const then = account.sandbox.clock.now() + random.between(1, 20) * 86_400
  const { items } = await stripe.subscriptions.retrieve(subscriptionId)
  if (then >= (items.data[0]?.current_period_end ?? 0)) return
  while (account.step(then));
  account.moveTo(then)
}

const changeQuantity: Act = async ({ stripe, random }, { id, items }) => {
  const quantity = random.between(1, 9)
  await stripe.subscriptions.update(id, {
    items: [{ id: itemOf(items), quantity }],
    proration_behavior: random.pick(['create_prorations', 'always_invoice', 'none']),
  })
  return `from now on ${quantity}`
}

const changePlan: Act = async ({ stripe, random, shop }, { id, items }) => {
  const interval = items.data[0]?.price.recurring?.interval
  const [first, ...others] = shop.prices.filter((each) => each.interval === interval)
  const { price } = random.pick(first ? [first, ...others] : shop.prices)
  await stripe.subscriptions.update(id, {
    items: [{ id: itemOf(items), price: price.id, quantity: random.between(1, 3) }],
    proration_behavior: random.pick(['create_prorations', 'always_invoice']),
  })
  return `another plan for ${price.unit_amount}`
}

const giveCredit: Act = async ({ stripe, random }, { customer, currency }) => {
  const amount = -random.between(1, 9_000) * 10
  await stripe.customers.createBalanceTransaction(String(customer), { amount, currency })
  return `credit of ${amount}`
}

const giveCoupon: Act = async ({ stripe, random }, { id, currency }) => {
  const coupon = await someCoupon(stripe, random, currency)
  await stripe.subscriptions.update(id, { discounts: [{ coupon: coupon.id }] })
  return `coupon ${coupon.percent_off ?? coupon.amount_off} ${coupon.duration}`
}

const addItem: Act = async ({ stripe, random }, { id, customer, currency }) => {
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

const BESIDE_A_SCHEDULE: readonly [Act, ...Act[]] = [giveCredit, addItem]

function itemOf(items: Stripe.Subscription['items']): string {
  return items.data[0]?.id ?? ''
}
