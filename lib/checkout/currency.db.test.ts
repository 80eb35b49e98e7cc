import { expect, it } from 'vitest'
import { readBilling } from '@/lib/billing/read'
import type { PaidTier } from '@/lib/catalog/plans'
import { priceForTier } from '@/lib/catalog/price-for-tier'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { parseCheckoutSessionId } from '@/lib/ids'
import { historyForFile } from '@/lib/outbox/history-for-file.fixture'
import { subscriber } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { startCheckout } from './start'

const { history } = historyForFile()

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

/** Someone who had two plans in two currencies, both of which have ended; and what they see, and are asked for. */
async function hadTwo(first: Plan, second: Plan) {
  const { subscriptions, checkout } = stripeClient()
  const me = await subscriber({ price: await priceIn(first) })
  await subscriptions.cancel(me.subscriptionId)
  const { default_payment_method: card } = await subscriptions.retrieve(me.subscriptionId)
  const next = await subscriptions.create({
    ...{ customer: me.customerId, default_payment_method: String(card) },
    ...{ items: [{ price: await priceIn(second) }], metadata: { app: 'ledgerline', env: 'test' } },
  })
  await subscriptions.cancel(next.id)
  await history.arrive()
  const shown = (await readBilling(me.workspaceId)).price?.currency
  const started = await startCheckout(me.actor, { tier: SMALL, interval: 'month' })
  if (started.kind !== 'checkout') throw new Error('Nothing is sold.')
  const [id] = /cs_\w+/.exec(started.url) ?? []
  const session = await checkout.sessions.retrieve(parseCheckoutSessionId(id))
  return { shown, asked: session.currency }
}

type Plan = { tier: PaidTier; currency: string }

async function priceIn({ tier, currency }: Plan) {
  const { prices } = stripeClient()
  const listed = await prices.retrieve(await priceForTier(tier, 'month'))
  const { id } = await prices.create({
    ...{ product: String(listed.product), currency, unit_amount: 1600 },
    ...{ recurring: { interval: 'month' }, metadata: listed.metadata },
  })
  return id
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

it(
  'of two plans in different currencies that have ended, one decides in which currency the plans are shown and sold',
  SLOW,
  async () => {
    const listed = await priceForTier(SMALL, 'month')
    await stripeClient().prices.update(listed, { currency_options: { eur: { unit_amount: 1800 } } })
    // The greater one speaks for them, whichever was bought last.
    const [great, small] = [GREAT, SMALL]
    expect(
      await hadTwo({ tier: great, currency: 'eur' }, { tier: small, currency: 'usd' }),
    ).toEqual({ shown: 'eur', asked: 'eur' })
    expect(
      await hadTwo({ tier: small, currency: 'eur' }, { tier: great, currency: 'usd' }),
    ).toEqual({ shown: 'usd', asked: 'usd' })
  },
)
