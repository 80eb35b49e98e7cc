import { afterAll, beforeAll, expect, it } from 'vitest'
import { disconnect } from '@/db/client'
import { priceForTier } from '@/lib/catalog/price-for-tier'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { parseCheckoutSessionId } from '@/lib/ids'
import { historyOf } from '@/lib/outbox/history.fixture'
import { subscriber } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import type { RunningSandbox } from '@/sandbox/server'
import { openShop } from './shop.fixture'
import { startCheckout } from './start'

let shop: RunningSandbox
let history: ReturnType<typeof historyOf>

beforeAll(async () => {
  shop = await openShop()
  history = historyOf(shop)
})
afterAll(async () => {
  await disconnect()
  await shop.stop()
})

/** Someone who paid in euros, and whose plan has ended; and what they are asked for when they buy again. */
async function boughtAgain(options: Record<string, { unit_amount: number }>) {
  const { prices, subscriptions, checkout } = stripeClient()
  const listed = await prices.retrieve(await priceForTier(SMALL, 'month'))
  const abroad = await prices.create({
    ...{ product: String(listed.product), currency: 'eur', unit_amount: 1600 },
    ...{ recurring: { interval: 'month' }, metadata: listed.metadata },
  })
  await prices.update(listed.id, { currency_options: options })
  const me = await subscriber({ price: abroad.id })
  await subscriptions.cancel(me.subscriptionId)
  await history.arrive()
  const started = await startCheckout(me.actor, { tier: SMALL, interval: 'month' })
  if (started.kind !== 'checkout') throw new Error('Nothing is sold.')
  const [id] = /cs_\w+/.exec(started.url) ?? []
  const session = await checkout.sessions.retrieve(parseCheckoutSessionId(id))
  return [session.amount_total, session.currency]
}

// Two customers, each with their events, on a machine that may be busy.
const SLOW = { timeout: 90_000 }

it(
  'a former customer is sold a plan in the currency that they are bound to, where it is sold in it',
  SLOW,
  async () => {
    expect(await boughtAgain({})).toEqual([1900, 'usd'])
    expect(await boughtAgain({ eur: { unit_amount: 1800 } })).toEqual([1800, 'eur'])
  },
)
