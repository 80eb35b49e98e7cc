import type Stripe from 'stripe'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import type { Random } from '@/tests/simulation/random'

/** Which discounts there are: `one` that lasts for good, at most. */
export type Discounts = 'any' | 'one' | 'none'

export type Subscriber = {
  customerId: string
  currency: string
  coupons: number
}

type Shop = {
  stripe: Stripe
  random: Random
  prices: readonly Stripe.Price[]
  metadata: Stripe.MetadataParam
}

/** Something that a customer, an operator or a bank does; what it was. */
export async function act(shop: Shop, who: Subscriber, discounts: Discounts): Promise<string> {
  const { stripe, random } = shop
  const { data } = await stripe.subscriptions.list({ customer: who.customerId, limit: 1 })
  const [current] = data
  if (!current) return random.chance(0.7) ? subscribe(shop, who, discounts) : 'nothing'
  if (current.status === 'paused') {
    await stripe.subscriptions.resume(current.id)
    return 'resumes'
  }
  return random.pick<Act>([
    change,
    change,
    change,
    discount(discounts),
    swapCard,
    swapCard,
    swapCard,
    endLater,
    endNow,
    pauseCollection,
  ])(shop, current, who)
}

type Act = (shop: Shop, current: Stripe.Subscription, who: Subscriber) => Promise<string>

async function subscribe(
  { stripe, random, prices, metadata }: Shop,
  who: Subscriber,
  discounts: Discounts,
) {
  const coupon =
    random.chance(0.3) && mayHave(who, discounts)
      ? await someCoupon(stripe, random, who, discounts)
      : null
  const price = random.pick(ofCurrency(prices, who.currency))
  const made = await stripe.subscriptions.create({
    customer: who.customerId,
    items: [{ price: price.id, quantity: random.between(1, 3) }],
    payment_behavior: 'allow_incomplete',
    metadata,
    ...(coupon ? { discounts: [{ coupon }] } : {}),
    ...(random.chance(0.4) ? { trial_period_days: random.between(3, 40) } : {}),
  })
  return `subscribes: ${made.status}`
}

const change: Act = async ({ stripe, random, prices }, { id, items, currency }) => {
  const price = random.pick(ofCurrency(prices, currency))
  const item = items.data[0]?.id ?? ''
  await stripe.subscriptions.update(id, {
    items: [{ id: item, price: price.id, quantity: random.between(1, 4) }],
    proration_behavior: random.pick(['create_prorations', 'always_invoice', 'none']),
  })
  return 'changes'
}

const discount =
  (discounts: Discounts): Act =>
  async ({ stripe, random }, { id }, who) => {
    if (!mayHave(who, discounts)) return 'nothing'
    const coupon = await someCoupon(stripe, random, who, discounts)
    await stripe.subscriptions.update(id, { discounts: [{ coupon }] })
    return `coupon ${coupon}`
  }

const swapCard: Act = async ({ stripe, random }, { id }, { customerId }) => {
  const bad = random.chance(0.6)
  const card = bad ? 'pm_card_chargeCustomerFail' : 'pm_card_visa'
  const method = await stripe.paymentMethods.attach(card, { customer: customerId })
  await stripe.subscriptions.update(id, { default_payment_method: method.id })
  const { data } = await stripe.invoices.list({ subscription: id, status: 'open', limit: 1 })
  if (!bad && data[0]?.id) await stripe.invoices.pay(data[0].id)
  return bad ? 'a card that refuses' : 'a card that pays'
}

const endLater: Act = async ({ stripe }, { id, cancel_at_period_end: ending }) => {
  await stripe.subscriptions.update(id, { cancel_at_period_end: !ending })
  return ending ? 'stays' : 'will leave'
}

const endNow: Act = async ({ stripe }, { id }) => {
  await stripe.subscriptions.cancel(id)
  return 'leaves'
}

const pauseCollection: Act = async ({ stripe }, { id, pause_collection: paused }) => {
  await stripe.subscriptions.update(id, {
    pause_collection: paused ? '' : { behavior: 'void' },
  })
  return paused ? 'is collected again' : 'is not collected'
}

function mayHave({ coupons }: Subscriber, discounts: Discounts): boolean {
  return discounts === 'any' || (discounts === 'one' && coupons === 0)
}

async function someCoupon(stripe: Stripe, random: Random, who: Subscriber, discounts: Discounts) {
  who.coupons += 1
  const off = random.chance(0.5)
    ? { percent_off: random.pick([10, 33.3, 50, 100]) }
    : { amount_off: random.between(1, 30) * 10, currency: who.currency }
  const duration = random.pick(
    discounts === 'one'
      ? (['once', 'forever'] as const)
      : (['once', 'forever', 'repeating'] as const),
  )
  const months = duration === 'repeating' ? { duration_in_months: random.between(1, 5) } : {}
  return (await stripe.coupons.create({ ...off, duration, ...months })).id
}

function ofCurrency(
  prices: readonly Stripe.Price[],
  currency: string,
): [Stripe.Price, ...Stripe.Price[]] {
  const [first, ...rest] = prices.filter((price) => price.currency === currency)
  if (!first) throw new Error(`Nothing is sold in ${currency}.`)
  return [first, ...rest]
}

/** What is sold in each of these currencies: both plans, by the month and by the year. */
export async function sell(stripe: Stripe, currencies: readonly string[]): Promise<Stripe.Price[]> {
  const wanted = currencies.flatMap((currency) =>
    [SMALL, GREAT].flatMap((tier, rank) =>
      (['month', 'year'] as const).map((interval) => ({ currency, tier, rank, interval })),
    ),
  )
  return Promise.all(
    wanted.map(({ currency, tier, rank, interval }) =>
      stripe.prices.create({
        product_data: { name: `Plan ${tier}` },
        currency,
        unit_amount: (rank === 0 ? 1_900 : 4_900) * (interval === 'year' ? 10 : 1),
        recurring: { interval },
        metadata: { tier },
      }),
    ),
  )
}
