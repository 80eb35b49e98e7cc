import type Stripe from 'stripe'
import { BRAND } from '@/lib/brand'
import { startSandbox } from '@/sandbox/server'
import { clientOf } from '@/sandbox/test/world'
import { type Random, seeded } from '@/tests/simulation/random'
import { act, type Discounts, type Subscriber, sell } from './acts'
import { count, type Worth } from './count'

/** An event as Stripe would send it. */
export type Sent = { id: string; type: string; created: number; body: string; customer: string }

export type Lived = Subscriber & { ends: { month: string; worth: Worth }[] }

/** What is left of them in the sandbox. `events`: null, where none was let arrive. */
export type Lifecycles = {
  lived: Lived[]
  events: Sent[] | null
  invoices: Stripe.Invoice[]
  subscriptions: Stripe.Subscription[]
}

type Options = { seed: number; customers: number; months: number; discounts: Discounts }

/**
 * Lives random lifecycles of customers under test clocks in a sandbox, month by month. At each
 * month's last second every customer is counted by hand, and `arrive` gets what happened in the
 * month.
 */
export async function live(
  { seed, customers, months, discounts }: Options,
  arrive: (month: {
    stripe: Stripe
    lived: readonly Lived[]
    events: Sent[]
    now: number
    random: Random
  }) => Promise<void>,
): Promise<Lifecycles> {
  const random = seeded(seed)
  const sandbox = await startSandbox({ port: 0 })
  try {
    const stripe = clientOf(sandbox.port)
    const prices = await sell(stripe, CURRENCIES)
    const shop = { stripe, random, prices, metadata: { app: BRAND.stripe.app, env: 'test' } }
    const clock = await stripe.testHelpers.testClocks.create({ frozen_time: monthStart(0) })
    const lived: Lived[] = []
    for (let n = 0; n < customers; n += 1) lived.push(await arrival(stripe, random, clock.id))
    const seen = new Set<string>()
    const all: Sent[] = []
    for (let month = 0; month < months; month += 1) {
      const end = monthStart(month + 1) - 1
      for (const days of [random.between(1, 9), random.between(10, 18), random.between(19, 26)]) {
        await advance(stripe, clock.id, monthStart(month) + days * DAY + random.between(0, DAY - 1))
        for (const who of lived)
          if (random.chance(0.4)) await attempt(() => act(shop, who, discounts))
      }
      await advance(stripe, clock.id, end)
      for (const who of lived)
        who.ends.push({ month: nameOf(month), worth: await count(stripe, who.customerId, end) })
      const events = await newEvents(sandbox.port, seen)
      all.push(...events)
      await arrive({ stripe, lived, events, now: end, random })
    }
    const subscriptions = await stripe.subscriptions
      .list({ status: 'all', limit: 100, test_clock: clock.id })
      .autoPagingToArray({ limit: 10_000 })
    const invoices = await stripe.invoices.list({ limit: 100 }).autoPagingToArray({ limit: 10_000 })
    return { lived, events: all, invoices, subscriptions }
  } finally {
    await sandbox.stop()
  }
}

const CURRENCIES = ['usd', 'eur', 'jpy']
const DAY = 86_400

function monthStart(n: number): number {
  return Date.UTC(2027, n, 1) / 1000
}

function nameOf(n: number): string {
  return new Date(monthStart(n) * 1000).toISOString().slice(0, 10)
}

async function arrival(stripe: Stripe, random: Random, clock: string): Promise<Lived> {
  const { id } = await stripe.customers.create({ test_clock: clock })
  const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: id })
  await stripe.customers.update(id, { invoice_settings: { default_payment_method: method.id } })
  return { customerId: id, currency: random.pick(['usd', 'eur', 'jpy']), coupons: 0, ends: [] }
}

// A card that refuses and a price of another interval are answers of Stripe's, and part of a life.
async function attempt(work: () => Promise<unknown>) {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Error) || !('statusCode' in error)) throw error
  }
}

// In steps, for one advance may go two intervals at most.
async function advance(stripe: Stripe, clock: string, to: number) {
  await stripe.testHelpers.testClocks.advance(clock, { frozen_time: to })
  while ((await stripe.testHelpers.testClocks.retrieve(clock)).status !== 'ready');
}

// As they would be sent, the oldest first: the SDK would read decimals out of them.
async function newEvents(port: number, seen: Set<string>): Promise<Sent[]> {
  const found: Sent[] = []
  for (let after = ''; ; ) {
    const response = await fetch(`http://127.0.0.1:${port}/v1/events?limit=100${after}`, {
      headers: { authorization: 'Bearer sk_test_local' },
    })
    const page = (await response.json()) as {
      data: (Stripe.Event & { data: { object: { customer?: string } } })[]
      has_more: boolean
    }
    const fresh = page.data.filter(({ id }) => !seen.has(id))
    for (const event of fresh) {
      seen.add(event.id)
      const { id, type, created } = event
      found.push({
        id,
        type,
        created,
        body: JSON.stringify(event),
        customer: event.data.object.customer ?? '',
      })
    }
    if (!page.has_more) return found.reverse()
    after = `&starting_after=${page.data.at(-1)?.id}`
  }
}
