import { beforeEach, describe, expect, it } from 'vitest'
import { listAudit } from '@/db/queries/audit'
import { findCustomerId } from '@/db/queries/customers'
import { PLANS } from '@/lib/catalog/plans'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { parseCustomerId } from '@/lib/ids'
import { stripeClient } from '@/lib/stripe/client'
import { findPricesByLookupKeys } from '@/lib/stripe/prices'
import { payCheckout } from '@/sandbox/lifecycle/checkout/pay'
import { applyCode } from '@/sandbox/lifecycle/checkout/promotion'
import { soak } from '@/scripts/test/soak.fixture'
import { CARD, shopper } from './shop.fixture'
import { shopForFile } from './shop-for-file.fixture'
import { startCheckout } from './start'

const PRO = { tier: SMALL, interval: 'month' } as const

const shop = shopForFile()
let me: Awaited<ReturnType<typeof shopper>>

beforeEach(async () => {
  me = await shopper()
})

describe('an open checkout is not reused', () => {
  it('once the price has moved: the page of the old price is closed', async () => {
    const old = await open()
    const price = await movePrice(2100)
    const session = await open()
    expect(session.url).not.toBe(old.url)
    expect(session.line_items?.data[0]?.price?.id).toBe(price)
    expect(await statuses()).toEqual(['open', 'expired'])
    const story = (await listAudit(await customer())).map(({ action }) => action)
    expect(story.slice(1)).toEqual(['checkout.start', 'checkout.close', 'checkout.start'])
  })

  it('once the trial has gone from the plan', async () => {
    const withTrial = await during({ trialDays: 14 }, open)
    expect(withTrial.amount_total).toBe(0)
    const session = await open()
    expect(session.amount_total).toBeGreaterThan(0)
    expect(await statuses()).toEqual(['open', 'expired'])
  })

  it.each([
    ['was switched off', (code: string) => stripeClient().promotionCodes.update(code, OFF)],
    ['has expired', () => advance(7)],
    ['is used up', () => buyWithLaunch()],
    ['went with its coupon', () => stripeClient().coupons.del('launch')],
  ])('once the discount in it %s', async (_, end) => {
    const code = await launch()
    const discounted = await open()
    applyCode(shop.sandbox, discounted.id, 'LAUNCH')
    expect((await open()).url).toBe(discounted.url)
    await end(code)
    const session = await open()
    expect(session.url).not.toBe(discounted.url)
    expect(session.total_details?.amount_discount).toBe(0)
    expect(await statuses()).toEqual(['open', 'expired'])
  })

  it('once it was made with other settings than today’s', async () => {
    const old = await open()
    await stripeClient().checkout.sessions.update(old.id, { metadata: { terms: 'of last year' } })
    expect((await open()).url).not.toBe(old.url)
    expect(await statuses()).toEqual(['open', 'expired'])
  })
})

soak('fifty clicks on a price that has just moved make one new session', async () => {
  await open()
  await movePrice(2200)
  const answers = await Promise.all(Array.from({ length: 50 }, () => startCheckout(me.actor, PRO)))
  expect(new Set(answers.map(urlOf)).size).toBe(1)
  expect(await statuses()).toEqual(['open', 'expired'])
})

// breakage: a price moves while a customer pays at the old one | either the payment counts and nothing else is sold, or the old page is closed and nothing was taken
it('a checkout that is being paid while its price moves is never lost, and the customer does not pay twice', async () => {
  for (const at of [2300, 2400, 2500]) {
    me = await shopper()
    const { id } = await open()
    await movePrice(at)
    const [paid, answer] = await Promise.all([
      payCheckout(shop.sandbox, id, CARD).catch(() => null),
      startCheckout(me.actor, PRO),
    ])
    const bought = paid?.kind === 'complete'
    expect(answer.kind).toBe(bought ? 'change_plan' : 'checkout')
    const { data } = await stripeClient().subscriptions.list({ customer: await customer() })
    expect(data).toHaveLength(bought ? 1 : 0)
  }
})

const OFF = { active: false } as const

/** Ten percent off, for six hours and for one buyer: a session lives for a day. */
async function launch(): Promise<string> {
  await stripeClient()
    .coupons.del('launch')
    .catch(() => {})
  await stripeClient().coupons.create({ id: 'launch', percent_off: 10, duration: 'once' })
  const { data } = await stripeClient().promotionCodes.list({ code: 'LAUNCH', active: true })
  await Promise.all(data.map(({ id }) => stripeClient().promotionCodes.update(id, OFF)))
  const health = await fetch(new URL('/_sandbox/health', shop.url))
  const { now } = await health.json()
  const code = await stripeClient().promotionCodes.create({
    promotion: { type: 'coupon', coupon: 'launch' },
    code: 'LAUNCH',
    expires_at: now + 6 * 3600,
    max_redemptions: 1,
  })
  return code.id
}

async function buyWithLaunch(): Promise<void> {
  const mine = me
  me = await shopper()
  const { id } = await open()
  applyCode(shop.sandbox, id, 'LAUNCH')
  await payCheckout(shop.sandbox, id, CARD)
  me = mine
}

async function advance(hours: number): Promise<void> {
  await fetch(new URL('/_sandbox/clock', shop.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advance: hours * 3600 }),
  })
}

/** What a push of the catalog does when a price changes. */
async function movePrice(amount: number): Promise<string> {
  const lookupKey = PLANS[SMALL].lookupKeys.month
  const [held] = await findPricesByLookupKeys([lookupKey])
  const moved = await stripeClient().prices.create({
    product: String(held?.productId),
    currency: 'usd',
    unit_amount: amount,
    recurring: { interval: 'month' },
    lookup_key: lookupKey,
    transfer_lookup_key: true,
    metadata: { tier: SMALL },
  })
  return moved.id
}

/** What another deployment's catalog would do. */
async function during<T>(change: { trialDays: number }, work: () => Promise<T>): Promise<T> {
  Object.assign(PLANS[SMALL], change)
  try {
    return await work()
  } finally {
    Reflect.deleteProperty(PLANS[SMALL], 'trialDays')
  }
}

/** The session that the button leads to now. */
async function open() {
  const url = urlOf(await startCheckout(me.actor, PRO))
  const id = url.split('/').at(-1) ?? ''
  return stripeClient().checkout.sessions.retrieve(id, { expand: ['line_items'] })
}

async function statuses() {
  const { data } = await stripeClient().checkout.sessions.list({ customer: await customer() })
  return data.map(({ status }) => status)
}

async function customer() {
  return parseCustomerId(await findCustomerId(me.workspaceId))
}

function urlOf(answer: Awaited<ReturnType<typeof startCheckout>>): string {
  if (answer.kind !== 'checkout') throw new Error(`Expected a checkout, got ${answer.kind}.`)
  return answer.url
}
