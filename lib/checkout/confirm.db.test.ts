import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { db } from '@/db/client'
import { findCustomerId } from '@/db/queries/customers'
import { checkoutIntents } from '@/db/schema/checkout'
import { readBilling } from '@/lib/billing/read'
import { PLANS } from '@/lib/catalog/plans'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { env } from '@/lib/env'
import type { CheckoutSessionId, CustomerId } from '@/lib/ids'
import { mayRead } from '@/lib/redis/person-reads'
import { stripeClient } from '@/lib/stripe/client'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import { soak } from '@/scripts/test/soak.fixture'
import { confirmCheckout } from './confirm'
import { CARD, shopper } from './shop.fixture'
import { watchedShopForFile } from './shop-for-file.fixture'
import { startCheckout } from './start'

// A busy machine is no failure: here Redis may take its time.
vi.mock(import('@/lib/redis/client'), async (original) => {
  const client = await original()
  const open = () => client.openStore({ ...env().redis, budgetMs: 20_000 })
  let patient: ReturnType<typeof open> | undefined
  return {
    ...client,
    store() {
      patient ??= open()
      return patient
    },
  }
})

const PRO = { tier: SMALL, interval: 'month' } as const
const STUDIO = { tier: GREAT, interval: 'year' } as const

const shop = watchedShopForFile()
let me: Awaited<ReturnType<typeof shopper>>

beforeEach(async () => {
  me = await shopper()
})

describe('coming back from Checkout', () => {
  it('starts the plan at once, with its receipt, and asks Stripe twice', async () => {
    const session = await paid()
    shop.asked()
    expect(await confirm(session)).toMatchObject({
      kind: 'activated',
      tier: SMALL,
      receipt: { total: { amount: 1900, currency: 'usd' } },
    })
    expect(shop.asked()).toEqual(['GET /v1/checkout/sessions/:id', 'GET /v1/subscriptions'])
  })

  soak('as often as one likes asks Stripe no more, and says the same', async () => {
    const session = await paid()
    await confirm(session)
    shop.asked()
    const again = await often(300, () => confirm(session))
    expect(
      again.map((outcome) => (outcome.kind === 'activated' ? outcome.receipt?.total : outcome)),
    ).toEqual(Array(300).fill({ amount: 1900, currency: 'usd' }))
    expect(shop.asked()).toEqual([])
  })

  it('before paying says so, for sixty times a minute', async () => {
    const session = await opened()
    const outcomes = await often(70, () => confirm(session))
    expect(outcomes.filter(({ kind }) => kind === 'open')).toHaveLength(60)
    expect(outcomes.filter(({ kind }) => kind === 'busy')).toHaveLength(10)
  })

  it('shows no receipt of the plan before beside the plan of now', async () => {
    const session = await paid()
    await changeTo(PLANS[GREAT].lookupKeys.month)
    const outcome = await confirm(session)
    expect(outcome).toMatchObject({ kind: 'activated', tier: GREAT, receipt: null })
    // What was bought then stands beside what is now.
    expect(outcome).toMatchObject({
      before: { tier: SMALL, interval: 'month', paid: { amount: 1900, currency: 'usd' } },
    })
  })

  it('again after a change from months to years puts no payment beside today’s renewal', async () => {
    const session = await paid()
    await changeTo(PLANS[SMALL].lookupKeys.year)
    expect(await confirm(session)).toMatchObject({ kind: 'activated', tier: SMALL, receipt: null })
  })

  it('to the page of a plan that ended, while another one of the same kind is on, shows no receipt of it', async () => {
    const first = await paid()
    await confirm(first)
    const customer = await customerOf()
    const { data } = await stripeClient().subscriptions.list({ customer })
    await stripeClient().subscriptions.cancel(data[0]?.id ?? '')
    const second = await paid()
    expect(await confirm(second)).toMatchObject({ receipt: { paid: { amount: 1900 } } })
    expect(await confirm(first)).toMatchObject({ kind: 'activated', tier: SMALL, receipt: null })
  })

  it('before paying offers the choice, and never the address of a page whose price may have moved', async () => {
    expect(await confirm(await opened())).toEqual({ kind: 'open', choice: PRO })
  })

  it('from a page whose choice was replaced asks Stripe nothing', async () => {
    const session = await opened()
    await startCheckout(me.actor, STUDIO)
    shop.asked()
    expect(await confirm(session)).toEqual({ kind: 'expired', choice: PRO })
    expect(shop.asked()).toEqual([])
  })
})

describe('an address that was made up', () => {
  it('asks Stripe nothing, however often and of whatever form', async () => {
    await paid()
    shop.asked()
    const made = [
      ...Array.from({ length: 70 }, (_, n) => `cs_test_${n}${'a'.repeat(50)}`),
      ...['', 'cs_', 'pi_1', '../customers', 'cs_test_1?expand[]=customer', 'cs_'.repeat(200)],
    ]
    const outcomes = await often(made.length, (n) => confirm(made[n] ?? ''))
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['unknown']))
    expect(shop.asked()).toEqual([])
  })

  it('of another user’s checkout looks like one that does not exist', async () => {
    const session = await paid()
    me = await shopper()
    await paid()
    shop.asked()
    expect(await confirm(session)).toEqual({ kind: 'unknown' })
    expect(shop.asked()).toEqual([])
  })

  it('of a session that support made is none of ours, and what it pays for is on all the same', async () => {
    await opened()
    const customer = await customerOf()
    const prices = await stripeClient().prices.list({
      lookup_keys: [PLANS[SMALL].lookupKeys.month],
    })
    const made = await stripeClient().checkout.sessions.create({
      mode: 'subscription',
      customer,
      line_items: [{ price: prices.data[0]?.id ?? '', quantity: 1 }],
      success_url: 'http://localhost:3000/settings/billing?return=portal',
    })
    await payCheckout(shop.sandbox, made.id, CARD)
    expect(await confirm(made.id)).toEqual({ kind: 'unknown' })
    expect(await read()).toMatchObject({ tier: SMALL })
  })
})

describe('a user who has asked too often', () => {
  it('causes no read of Stripe on any page, and sees what the records say', async () => {
    const session = await paid()
    await confirm(session)
    await useUp()
    await forget()
    shop.asked()
    expect(await confirm(session)).toEqual({ kind: 'busy' })
    await db()
      .update(checkoutIntents)
      .set({ state: 'completed' })
      .where(eq(checkoutIntents.workspaceId, me.workspaceId))
    expect(await confirm(session)).toMatchObject({ kind: 'activated', tier: SMALL, receipt: null })
    expect(await read()).toMatchObject({ stale: true })
    expect(shop.asked()).toEqual([])
  })

  soak('does not slow down any other user', async () => {
    const session = await paid()
    await useUp()
    me = await shopper()
    expect(session).not.toBe(await paid())
    expect(await read()).toMatchObject({ stale: false })
  })
})

const confirm = (sessionId: string) => confirmCheckout(me.actor, sessionId)
const read = () => readBilling(me.workspaceId, { actor: me.actor, refresh: 'now' })

/** All that a user may have Stripe read within a minute, as each read counts it. */
async function useUp(): Promise<void> {
  await Promise.all(Array.from({ length: 60 }, () => mayRead(me.userId)))
}

/** Ten at a time: as many as the pool lets through at once. */
async function often<T>(times: number, work: (n: number) => Promise<T>): Promise<T[]> {
  const results: T[] = []
  for (let at = 0; at < times; at += 10) {
    const batch = Array.from({ length: Math.min(10, times - at) }, (_, n) => work(at + n))
    results.push(...(await Promise.all(batch)))
  }
  return results
}

/** The session of a page that was opened and not paid. */
async function opened(): Promise<CheckoutSessionId> {
  const started = await startCheckout(me.actor, PRO)
  const [row] = await db()
    .select()
    .from(checkoutIntents)
    .where(and(eq(checkoutIntents.workspaceId, me.workspaceId), eq(checkoutIntents.state, 'open')))
  if (started.kind !== 'checkout' || !row?.sessionId) throw new Error('There is no page.')
  return row.sessionId
}

async function paid(): Promise<CheckoutSessionId> {
  const session = await opened()
  await payCheckout(shop.sandbox, session, CARD)
  return session
}

async function changeTo(lookupKey: string): Promise<void> {
  const { data } = await stripeClient().subscriptions.list({ customer: await customerOf() })
  const [item] = data[0]?.items.data ?? []
  const prices = await stripeClient().prices.list({ lookup_keys: [lookupKey] })
  await stripeClient().subscriptions.update(data[0]?.id ?? '', {
    items: [{ id: item?.id ?? '', price: prices.data[0]?.id ?? '' }],
  })
}

async function customerOf(): Promise<CustomerId> {
  return (await findCustomerId(me.workspaceId)) ?? `cus_none_${randomUUID()}`
}

/** As if Redis had lost what it kept. */
async function forget(): Promise<void> {
  const { Redis } = await import('@upstash/redis')
  const redis = new Redis({ ...env().redis, retry: { retries: 0 } })
  const kept = await redis.keys(`${env().redis.namespace}:paid:*`)
  if (kept.length > 0) await redis.del(...kept)
}
