import { beforeEach, describe, expect, it } from 'vitest'
import { findCustomerId } from '@/db/queries/customers'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { CARD, shopper } from '@/lib/checkout/shop.fixture'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { startCheckout } from '@/lib/checkout/start'
import { stripeClient } from '@/lib/stripe/client'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import type { Billing } from './billing'
import { readBilling } from './read'

const DAY = 86_400
const HOUR = 3600

const shop = shopForFile()
let me: Awaited<ReturnType<typeof shopper>>

beforeEach(async () => {
  me = await shopper()
})

describe("business time, by the sandbox's clock", () => {
  it('shows the renewed period after a jump past its end, and counts its usage anew', async () => {
    const before = await subscribed()
    await moveTo(before.currentPeriodEnd, 2 * HOUR)
    const after = await read()
    expect(after).toMatchObject({ tier: SMALL, status: 'active', access: 'full', stale: false })
    expect(ms(after.currentPeriodEnd) - ms(before.currentPeriodEnd)).toBeGreaterThan(
      27 * DAY * 1000,
    )
    expect(ms(after.usage.resetsAt)).toBeGreaterThan(ms(before.currentPeriodEnd))
  })

  it('gives two weeks of grace from the day the card was declined, and then ends access', async () => {
    const before = await subscribed()
    await declineFromNow()
    await moveTo(before.currentPeriodEnd, 2 * HOUR)
    const declined = await read()
    expect(declined).toMatchObject({ tier: SMALL, status: 'past_due', access: 'grace' })
    const graceEnd = ms(declined.graceUntil)
    expect(Math.abs(graceEnd - ms(before.currentPeriodEnd) - 14 * DAY * 1000)).toBeLessThan(
      DAY * 1000,
    )
    await moveTo(declined.graceUntil, -HOUR)
    expect(await read()).toMatchObject({ tier: SMALL, access: 'grace' })
    await moveTo(declined.graceUntil, HOUR)
    expect(await read()).toMatchObject({ tier: 'free', access: 'none' })
  })

  it('takes a lease for what it is worth when Stripe is not asked again', async () => {
    const before = await subscribed()
    await declineFromNow()
    await moveTo(before.currentPeriodEnd, 60 * DAY)
    expect(await readBilling(me.workspaceId)).toMatchObject({ tier: 'free', access: 'none' })
  })
})

async function subscribed(): Promise<Billing> {
  const answer = await startCheckout(me.actor, { tier: SMALL, interval: 'month' })
  if (answer.kind !== 'checkout') throw new Error(`No checkout: ${answer.kind}.`)
  const session = answer.url.split('/').at(-1) ?? ''
  await payCheckout(shop.sandbox, session, CARD)
  const billing = await readBilling(me.workspaceId, { actor: me.actor, refresh: 'now' })
  expect(billing).toMatchObject({ tier: SMALL, status: 'active' })
  return billing
}

/** As the settings page reads it. */
function read(): Promise<Billing> {
  return readBilling(me.workspaceId, { actor: me.actor, refresh: 'stale' })
}

async function declineFromNow() {
  const customer = (await findCustomerId(me.workspaceId)) ?? ''
  const method = await stripeClient().paymentMethods.attach('pm_card_chargeCustomerFail', {
    customer,
  })
  const [subscription] = (await stripeClient().subscriptions.list({ customer })).data
  await stripeClient().subscriptions.update(subscription?.id ?? '', {
    default_payment_method: method.id,
  })
}

async function moveTo(instant: Date | null, seconds: number) {
  const body = JSON.stringify({ to: Math.floor(ms(instant) / 1000) + seconds })
  const response = await fetch(`${shop.url}/_sandbox/clock`, { method: 'POST', body })
  expect(response.status).toBe(200)
}

function ms(instant: Date | null): number {
  if (!instant) throw new Error('There is no such instant.')
  return instant.getTime()
}
