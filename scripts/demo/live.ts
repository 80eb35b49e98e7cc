import type Stripe from 'stripe'
import type { DemoEvent } from '@/lib/auth/demo'
import { ENTRY_PLAN } from '@/lib/catalog/plans'
import { priceForTier } from '@/lib/catalog/price-for-tier'
import { toUnix } from '@/lib/clock'
import { type CustomerId, parsePriceId, parseSubscriptionId } from '@/lib/ids'
import { businessClock } from '@/lib/stripe/business-clock'
import { changeLater } from '@/lib/stripe/plan-changes'

/** What a demo user buys, and for whom. */
export type Purchase = { customer: CustomerId; price: string; metadata: Record<string, string> }

/**
 * Buys a plan at the sandbox and has happen to it what the demo wants to show. What takes time (a renewal that
 * fails, a trial that ends) happens a few seconds later, and its events come as they always do.
 */
export async function live(
  stripe: Stripe,
  purchase: Purchase,
  event: DemoEvent | null,
): Promise<void> {
  await (event ? LIVES[event] : paid)(stripe, purchase)
}

type Life = (stripe: Stripe, purchase: Purchase) => Promise<unknown>

// Seconds. Long enough for the calls before it, short enough to have happened when the page is looked at.
const SOON = 5

const LIVES: Record<DemoEvent, Life> = {
  trial: (stripe, purchase) => subscribe(stripe, purchase, { trial_period_days: 7 }),
  async declined(stripe, purchase) {
    const { id, items } = await paid(stripe, purchase)
    const card = await attach(stripe, purchase, 'pm_card_chargeCustomerFail')
    // A renewal would stay a draft for an hour, as at Stripe. What a change asks for is charged at once.
    await stripe.subscriptions.update(id, {
      items: items.data.map((item) => ({ id: item.id, quantity: 2 })),
      default_payment_method: card,
      proration_behavior: 'always_invoice',
      payment_behavior: 'allow_incomplete',
    })
  },
  debit: async (stripe, purchase) =>
    subscribe(stripe, purchase, {
      default_payment_method: await attach(stripe, purchase, 'pm_usBankAccount_success'),
    }),
  confirm: async (stripe, purchase) =>
    subscribe(stripe, purchase, {
      default_payment_method: await attach(stripe, purchase, 'pm_card_authenticationRequired'),
      payment_behavior: 'allow_incomplete',
    }),
  async canceling(stripe, purchase) {
    const { id } = await paid(stripe, purchase)
    await stripe.subscriptions.update(id, { cancel_at_period_end: true })
  },
  async smaller(stripe, purchase) {
    const { id, items, created } = await paid(stripe, purchase)
    const [item] = items.data
    if (!item) throw new Error(`The subscription ${id} has no item.`)
    await changeLater(
      {
        subscription: parseSubscriptionId(id),
        item: item.id,
        price: parsePriceId(await priceForTier(ENTRY_PLAN.tier, 'month')),
        quantity: 1,
        at: new Date(created * 1000),
      },
      purchase.price,
    )
  },
  async held(stripe, purchase) {
    const { id } = await paid(stripe, purchase)
    await stripe.subscriptions.update(id, { pause_collection: { behavior: 'void' } })
  },
  paused: async (stripe, purchase) =>
    subscribe(stripe, purchase, {
      trial_end: toUnix(await businessClock().now()) + SOON,
      trial_settings: { end_behavior: { missing_payment_method: 'pause' } },
    }),
  async ended(stripe, purchase) {
    const { id } = await paid(stripe, purchase)
    await stripe.subscriptions.cancel(id)
  },
}

async function paid(stripe: Stripe, purchase: Purchase): Promise<Stripe.Subscription> {
  const card = await attach(stripe, purchase, 'pm_card_visa')
  return subscribe(stripe, purchase, { default_payment_method: card })
}

function subscribe(
  stripe: Stripe,
  { customer, price, metadata }: Purchase,
  more: Partial<Stripe.SubscriptionCreateParams>,
): Promise<Stripe.Subscription> {
  return stripe.subscriptions.create({
    customer,
    items: [{ price, quantity: 1 }],
    metadata,
    ...more,
  })
}

async function attach(stripe: Stripe, { customer }: Purchase, method: string): Promise<string> {
  return (await stripe.paymentMethods.attach(method, { customer })).id
}
