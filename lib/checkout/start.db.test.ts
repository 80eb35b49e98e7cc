import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { findCustomerId } from '@/db/queries/customers'
import { checkoutIntents } from '@/db/schema/checkout'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import type { CustomerId } from '@/lib/ids'
import { stripeClient } from '@/lib/stripe/client'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import { CARD, shopper } from './shop.fixture'
import { shopForFile } from './shop-for-file.fixture'
import { startCheckout } from './start'

const PRO = { tier: SMALL, interval: 'month' } as const
const STUDIO = { tier: GREAT, interval: 'year' } as const

const shop = shopForFile()
let me: Awaited<ReturnType<typeof shopper>>

beforeEach(async () => {
  me = await shopper()
})

describe('starting a checkout', () => {
  it('makes one session and one customer of fifty clicks at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => startCheckout(me.actor, PRO)),
    )
    expect(new Set(answers.map(urlOf)).size).toBe(1)
    const { data } = await stripeClient().checkout.sessions.list({ customer: await customer() })
    expect(data).toHaveLength(1)
    const found = await stripeClient().customers.list({ limit: 100 })
    expect(
      found.data.filter(({ metadata }) => metadata.workspace_id === me.workspaceId),
    ).toHaveLength(1)
    expect(await story()).toEqual(['customer.create', 'checkout.start'])
  })

  it('gives the same page again for the same choice', async () => {
    const first = await startCheckout(me.actor, PRO)
    expect(urlOf(await startCheckout(me.actor, PRO))).toBe(urlOf(first))
  })

  it('expires the page of another choice, so that only one can be paid', async () => {
    await startCheckout(me.actor, PRO)
    await startCheckout(me.actor, STUDIO)
    const { data } = await stripeClient().checkout.sessions.list({ customer: await customer() })
    expect(data.map(({ status }) => status)).toEqual(['open', 'expired'])
    expect(await story()).toEqual([
      'customer.create',
      'checkout.start',
      'checkout.close',
      'checkout.start',
    ])
  })

  it('never leaves two pages that can be paid, however the choices race', async () => {
    const race = [PRO, STUDIO, PRO, STUDIO, PRO, STUDIO]
    await Promise.allSettled(race.map((choice) => startCheckout(me.actor, choice)))
    await startCheckout(me.actor, PRO)
    const { data } = await stripeClient().checkout.sessions.list({
      customer: await customer(),
      status: 'open',
    })
    expect(data).toHaveLength(1)
  })

  it('finds the session again that it made before it could write it down', async () => {
    const first = await startCheckout(me.actor, PRO)
    await db()
      .update(checkoutIntents)
      .set({ sessionId: null })
      .where(eq(checkoutIntents.workspaceId, me.workspaceId))
    expect(urlOf(await startCheckout(me.actor, PRO))).toBe(urlOf(first))
  })

  it('makes a new session for an intent that was abandoned before it had one', async () => {
    await startCheckout(me.actor, PRO)
    const yesterday = new Date(Date.now() - 86_400_000)
    await db()
      .update(checkoutIntents)
      .set({ sessionId: null, createdAt: yesterday })
      .where(eq(checkoutIntents.workspaceId, me.workspaceId))
    expect(urlOf(await startCheckout(me.actor, PRO))).toContain('/c/pay/')
    const { data } = await stripeClient().checkout.sessions.list({
      customer: await customer(),
      status: 'open',
    })
    expect(data).toHaveLength(1)
  })

  it('sends a customer with a living subscription to change it, and sells no second one', async () => {
    const session =
      urlOf(await startCheckout(me.actor, PRO))
        .split('/')
        .at(-1) ?? ''
    expect(await payCheckout(shop.sandbox, session, CARD)).toMatchObject({ kind: 'complete' })
    expect(await startCheckout(me.actor, STUDIO)).toEqual({ kind: 'change_plan' })
    const { data } = await stripeClient().subscriptions.list({ customer: await customer() })
    expect(data).toHaveLength(1)
  })

  it('gives a user whose customer was deleted at Stripe a new one, and says so', async () => {
    await startCheckout(me.actor, PRO)
    const lost = await customer()
    await stripeClient().customers.del(lost)
    expect(urlOf(await startCheckout(me.actor, PRO))).toContain('/c/pay/')
    expect(await customer()).not.toBe(lost)
    expect((await listAudit(lost)).map(({ action }) => action)).toContain('customer.delete')
  })
})

function urlOf(answer: Awaited<ReturnType<typeof startCheckout>>): string {
  if (answer.kind !== 'checkout') throw new Error(`Expected a checkout, got ${answer.kind}.`)
  return answer.url
}

async function customer(): Promise<CustomerId> {
  const id = await findCustomerId(me.workspaceId)
  if (!id) throw new Error('The user has no customer.')
  return id
}

async function story(): Promise<string[]> {
  return (await listAudit(await customer())).map(({ action }) => action)
}
