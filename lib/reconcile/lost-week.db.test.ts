import { beforeAll, expect, it } from 'vitest'
import { db } from '@/db/client'
import { auditLog } from '@/db/schema/audit'
import { subscriptions } from '@/db/schema/billing'
import { billingFacts } from '@/db/schema/events'
import { priceForTier } from '@/lib/catalog/price-for-tier'
import { GREAT } from '@/lib/catalog/tiers.fixture'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { factsOf } from '@/lib/events/facts'
import { FACTS, isHandled } from '@/lib/events/handlers'
import { stripeClient } from '@/lib/stripe/client'
import { readEnvelope } from '@/lib/stripe/envelope'
import { type Random, seeded } from '@/tests/simulation/random'
import { backfillEvents } from './backfill'
import { backfillPorts, driftPorts } from './production-ports'
import { scanDrift } from './scan-drift'
import {
  advance,
  deliver,
  newsOf,
  type Subscriber,
  settle,
  subscriber,
  UNPACED,
} from './subscribers.fixture'

const DAY = 86_400
const LOST = 0.2
const never = () => false

const shop = shopForFile()
let news: ReturnType<typeof newsOf>

beforeAll(async () => {
  news = newsOf(shop)
})

// breakage: one webhook in five never arrives, for a week | within the hour of each nothing is wrong, and no payment is recorded twice
it('a week in which every fifth webhook is lost leaves no difference and loses no fact', {
  timeout: 120_000,
}, async () => {
  const random = seeded(8)
  // Always the same month, so that the same happens whenever this is run.
  const now = new Date()
  await advance(shop, Math.ceil((Date.UTC(now.getUTCFullYear() + 1, 0, 1) - now.getTime()) / 1000))
  const people: Subscriber[] = []
  for (let n = 0; n < 30; n += 1) {
    people.push(await subscriber())
    // So that they renew on different days of the week to come.
    await advance(shop, DAY / 5)
  }
  await advance(shop, 24 * DAY)
  await deliverSome(() => true)

  let dropped = 0
  for (let day = 0; day < 7; day += 1) {
    for (const person of people) await liveOn(person, random)
    await advance(shop, DAY)
    dropped += await deliverSome(() => !random.chance(LOST))
  }
  // Without reconciliation: the test would have nothing to find if this were all well.
  expect(dropped).toBeGreaterThan(10)
  expect((await lostFacts()).length).toBeGreaterThan(0)
  expect((await diverged(people)).length).toBeGreaterThan(0)

  await advance(shop, 600)
  await deliverSome(() => true)
  const found = await backfillEvents({ ...backfillPorts(), ...UNPACED }, never)
  await settle()
  expect(found).toMatchObject({ recovered: dropped, complete: true })
  expect(await lostFacts()).toEqual([])
  expect(await diverged(people)).toEqual([])

  // The second net has nothing left to catch.
  expect(await scanDrift({ ...driftPorts(), ...UNPACED }, never)).toMatchObject({
    compared: people.length,
    drifted: 0,
    inFlight: 0,
  })
  const facts = await db().select().from(billingFacts)
  const recorded = (await db().select().from(auditLog)).filter(({ action }) => FACTS.has(action))
  expect(recorded).toHaveLength(facts.length)
})

async function deliverSome(arrives: () => boolean): Promise<number> {
  let dropped = 0
  for (const event of news().filter(({ type }) => isHandled(type))) {
    if (arrives()) await deliver(event)
    else dropped += 1
  }
  await settle()
  return dropped
}

async function liveOn({ customerId, subscriptionId, item }: Subscriber, random: Random) {
  const { subscriptions: at, paymentMethods } = stripeClient()
  const { status } = await at.retrieve(subscriptionId)
  if (status === 'canceled' || random.chance(0.5)) return
  switch (random.pick(['cancel', 'resume', 'upgrade', 'decline', 'end'])) {
    case 'cancel':
      return at.update(subscriptionId, { cancel_at_period_end: true })
    case 'resume':
      return at.update(subscriptionId, { cancel_at_period_end: false })
    case 'upgrade': {
      const price = await priceForTier(GREAT, 'month')
      return at.update(subscriptionId, { items: [{ id: item, price }] })
    }
    case 'decline': {
      const card = await paymentMethods.attach('pm_card_chargeCustomerFail', {
        customer: customerId,
      })
      return at.update(subscriptionId, { default_payment_method: card.id })
    }
    case 'end':
      return at.cancel(subscriptionId)
  }
}

/** What Stripe has reported and our records lack. */
async function lostFacts(): Promise<string[]> {
  const events = [...shop.sandbox.store.all('event')].map((event) =>
    readEnvelope(JSON.stringify(event)),
  )
  const { facts } = factsOf(
    events.map((event) => ({ ...event, tries: 0 })),
    null,
  )
  const known = new Set((await db().select().from(billingFacts)).map(({ key }) => key))
  return facts.map(({ key }) => key).filter((key) => !known.has(key))
}

/** Whose subscription is not as Stripe shows it; compared here by hand, and not by what is tested. */
async function diverged(people: Subscriber[]): Promise<string[]> {
  const rows = new Map(
    (await db().select().from(subscriptions)).map((row) => [row.id as string, row]),
  )
  const wrong: string[] = []
  for (const { subscriptionId } of people) {
    const shown = await stripeClient().subscriptions.retrieve(subscriptionId)
    const row = rows.get(subscriptionId)
    const [item] = shown.items.data
    const same =
      row?.status === shown.status &&
      row.priceId === item?.price.id &&
      row.cancelAtPeriodEnd === shown.cancel_at_period_end &&
      row.currentPeriodEnd?.getTime() === (item?.current_period_end ?? 0) * 1000 &&
      (row.endedAt?.getTime() ?? 0) === (shown.ended_at ?? 0) * 1000
    if (!same) wrong.push(subscriptionId)
  }
  return wrong
}
