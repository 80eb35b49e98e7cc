import { beforeEach, describe, expect, it } from 'vitest'
import { listAudit } from '@/db/queries/audit'
import { findCustomerId } from '@/db/queries/customers'
import { readBilling } from '@/lib/billing/read'
import { type PaidTier, PLANS } from '@/lib/catalog/plans'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { CARD, shopper } from '@/lib/checkout/shop.fixture'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { startCheckout } from '@/lib/checkout/start'
import { parseCustomerId } from '@/lib/ids'
import { deliverOutbox } from '@/lib/outbox/deliver'
import { stripeClient } from '@/lib/stripe/client'
import { productionPorts } from '@/lib/sync/production-ports'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'

// A bank account whose debit goes through, and one whose debit comes back, each after four days.
const PAYS = { ...CARD, number: '4000000000009201' }
const FAILS = { ...CARD, number: '4000000000009219' }
const DAY = 86_400

const shop = shopForFile()
let me: Awaited<ReturnType<typeof shopper>>

beforeEach(async () => {
  me = await shopper()
})

describe('a year of Studio, bought with a bank debit', () => {
  it('is not there before the money is, and is there once it is', async () => {
    await buy(GREAT, 'year', PAYS)
    expect(await look()).toMatchObject({ tier: 'free', status: 'processing', access: 'none' })
    await pass(5)
    expect(await look()).toMatchObject({ tier: GREAT, status: 'active', access: 'full' })
  })

  it('that comes back was never there, ends at Stripe once, and its buyer can start anew', async () => {
    await buy(GREAT, 'year', FAILS)
    expect(await look()).toMatchObject({ tier: 'free', status: 'processing' })
    await pass(10)
    expect(await look()).toMatchObject({ tier: 'free', status: 'unpaid', access: 'none' })
    await deliverOutbox(productionPorts().clock)
    await deliverOutbox(productionPorts().clock)
    expect(await look()).toMatchObject({ tier: 'free', status: 'canceled' })
    const actions = (await listAudit(await customer())).map(({ action }) => action)
    expect(actions.filter((each) => each === 'subscription.cancel_unstarted')).toHaveLength(1)
    const again = await startCheckout(me.actor, { tier: SMALL, interval: 'month' })
    expect(again.kind).toBe('checkout')
  })

  it('that came back does not stand in the way, even before the outbox was drained', async () => {
    await buy(GREAT, 'year', FAILS)
    await pass(10)
    const again = await startCheckout(me.actor, { tier: SMALL, interval: 'month' })
    expect(again.kind).toBe('checkout')
    const { data } = await stripeClient().subscriptions.list({
      customer: await customer(),
      status: 'all',
    })
    expect(data.map(({ status }) => status)).toEqual(['canceled'])
  })

  it('is nothing a hundred days on, whatever is tried in between', async () => {
    for (let n = 0; n < 3; n += 1) {
      await buy(GREAT, 'year', FAILS)
      expect((await look()).tier).toBe('free')
      await pass(30)
      expect((await look()).tier).toBe('free')
    }
  })
})

describe('what pays for nothing of a first debit that came back', () => {
  it('is a smaller plan with its credit, for which Stripe asks no money', async () => {
    await buy(GREAT, 'year', FAILS)
    await changeTo(PLANS[SMALL].lookupKeys.month)
    expect((await look()).tier).toBe('free')
    await pass(10)
    expect((await look()).tier).toBe('free')
  })
})

describe('Studio instead of Pro, paid by bank debit', () => {
  it.each([
    ['comes back', 'pm_usBankAccount_insufficientFunds', SMALL],
    ['goes through', 'pm_usBankAccount_success', GREAT],
  ])('is not there before the money is; when it %s', async (_, method, tier) => {
    await buy(SMALL, 'month', CARD)
    await payBy(method)
    await changeTo(PLANS[GREAT].lookupKeys.month)
    expect(await look()).toMatchObject({ tier: SMALL, waitsFor: GREAT })
    await pass(6)
    expect((await look()).tier).toBe(tier)
  })
})

it('a renewal by bank debit leaves the plan on, and grace counts from its return', async () => {
  await buy(SMALL, 'month', CARD)
  await payBy('pm_usBankAccount_insufficientFunds')
  await pass(32)
  expect(await look()).toMatchObject({ tier: SMALL, status: 'active', access: 'full' })
  await pass(5)
  const late = await look()
  expect(late).toMatchObject({ tier: SMALL, status: 'past_due', access: 'grace' })
  const now = await productionPorts().clock.now()
  const left = (Number(late.graceUntil) - now.getTime()) / 1000
  expect(left).toBeGreaterThan(13.9 * DAY)
})

async function buy(tier: PaidTier, interval: 'month' | 'year', card: typeof CARD) {
  expect((await startCheckout(me.actor, { tier, interval })).kind).toBe('checkout')
  const open = await stripeClient().checkout.sessions.list({
    customer: await customer(),
    status: 'open',
  })
  await payCheckout(shop.sandbox, String(open.data[0]?.id), card)
}

async function customer() {
  return parseCustomerId(await findCustomerId(me.workspaceId))
}

async function pass(days: number) {
  await fetch(new URL('/_sandbox/clock', shop.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advance: days * DAY }),
  })
}

async function look() {
  await syncCustomer(productionPorts(), await customer(), me.actor)
  return readBilling(me.workspaceId)
}

async function payBy(method: string) {
  const attached = await stripeClient().paymentMethods.attach(method, {
    customer: await customer(),
  })
  const [subscription] = await living()
  await stripeClient().subscriptions.update(String(subscription?.id), {
    default_payment_method: attached.id,
  })
}

async function changeTo(lookupKey: string) {
  const [subscription] = await living()
  const prices = await stripeClient().prices.list({ lookup_keys: [lookupKey] })
  await stripeClient().subscriptions.update(String(subscription?.id), {
    items: [{ id: String(subscription?.items.data[0]?.id), price: String(prices.data[0]?.id) }],
    proration_behavior: 'always_invoice',
  })
}

async function living() {
  return (await stripeClient().subscriptions.list({ customer: await customer() })).data
}
