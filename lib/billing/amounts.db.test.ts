import { beforeEach, describe, expect, it, vi } from 'vitest'
import { chargeTo } from '@/lib/outbox/history.fixture'
import { historyForFile } from '@/lib/outbox/history-for-file.fixture'
import { type Subscriber, subscriber } from '@/lib/reconcile/subscribers.fixture'
import { store } from '@/lib/redis/client'
import { stripeClient } from '@/lib/stripe/client'
import { readAmounts } from './amounts'
import { readBilling } from './read'

const { shop, history } = historyForFile()
let me: Subscriber

beforeEach(async () => {
  me = await subscriber()
  await history.arrive()
})

const page = async () => {
  const billing = await readBilling(me.workspaceId, { actor: me.actor })
  return { ...billing, ...(await readAmounts(me.actor.id, billing)) }
}

describe('the billing page of a customer whose payment failed', () => {
  beforeEach(async () => {
    await chargeTo(me, 'pm_card_chargeCustomerFail')
    await stripeClient().customers.update(me.customerId, { balance: -500 })
    await history.later(31, 2)
  })

  it('names what is open, less what they had in credit, when it is tried again and where to pay it', async () => {
    const billing = await page()
    expect(billing).toMatchObject({ status: 'past_due', price: { amount: 1900 } })
    expect(billing.open).toEqual({
      id: expect.stringMatching(/^in_/),
      billingReason: 'subscription_cycle',
      processingSince: null,
      isProcessing: false,
      remaining: { amount: 1400, currency: 'usd' },
      nextAttempt: expect.any(Date),
      payUrl: expect.stringContaining(`${shop.url}/i/in_`),
    })
  })

  it('asks Stripe for that on a page alone', async () => {
    expect((await readBilling(me.workspaceId)).open).toBeNull()
  })
})

it('the billing page of a customer on trial names what Stripe will charge, and that there is no card', async () => {
  await stripeClient().coupons.create({ id: 'half', percent_off: 50, duration: 'once' })
  await stripeClient().subscriptions.update(me.subscriptionId, {
    trial_end: Math.floor((await history.now()) / 1000) + 20 * 86_400,
    proration_behavior: 'none',
    discounts: [{ coupon: 'half' }],
  })
  await history.arrive()
  expect((await page()).trialEnding).toEqual({
    charge: { amount: 950, currency: 'usd' },
    withoutCard: null,
  })
  await stripeClient().subscriptions.update(me.subscriptionId, { default_payment_method: '' })
  await history.arrive()
  expect((await page()).trialEnding).toMatchObject({ withoutCard: 'create_invoice' })
})

describe('what the billing page says is charged next', () => {
  const next = async () => {
    await history.arrive()
    const { next } = await page()
    return next.kind === 'charge' ? next.charge : next.kind
  }

  it('of three seats with a code for three months is Stripe’s amount, with the code and until when', async () => {
    const { coupons, promotionCodes, subscriptions } = stripeClient()
    const coupon = await coupons.create({
      ...{ name: 'LAUNCH20', percent_off: 20, duration: 'repeating', duration_in_months: 3 },
    })
    const promotion = { type: 'coupon', coupon: coupon.id } as const
    const code = await promotionCodes.create({ promotion, code: `L${Date.now()}` })
    const items = [{ id: me.item, quantity: 3 }]
    const discounts = [{ promotion_code: code.id }]
    await subscriptions.update(me.subscriptionId, { items, discounts, proration_behavior: 'none' })
    expect(await next()).toMatchObject({
      lines: [{ text: expect.stringMatching(/^3 × .+ \(at \$19\.00 \/ month\)$/), amount: 5700 }],
      discounts: [
        { name: 'LAUNCH20', percent: 20, amount: 1140, lasts: { until: expect.any(Date) } },
      ],
      total: 4560,
      balance: 0,
      due: 4560,
      paidWith: { kind: 'card', brand: 'visa', last4: '4242', expiresAt: expect.any(Date) },
    })
    expect(await page()).toMatchObject({ quantity: 3, price: { amount: 5700 } })
  })

  it('after a change to a smaller plan is nothing, while its credit pays for it', async () => {
    await stripeClient().customers.update(me.customerId, { balance: -2400 })
    expect(await next()).toMatchObject({ total: 1900, balance: -1900, due: 0 })
  })

  it('of a monthly plan comes with its month, whatever add-on is billed by the year beside it', async () => {
    const { subscriptions, prices } = stripeClient()
    const product_data = { name: 'Archive' }
    const recurring = { interval: 'year' } as const
    const addOn = await prices.create({
      ...{ product_data, recurring, currency: 'usd', unit_amount: 5_000 },
    })
    await subscriptions.update(me.subscriptionId, {
      items: [{ price: addOn.id }],
      proration_behavior: 'always_invoice',
    })
    const charge = await next()
    const { currentPeriodEnd } = await page()
    expect(charge).toMatchObject({ at: currentPeriodEnd, due: 1900, lines: [{ amount: 1900 }] })
    expect((Number(currentPeriodEnd) - (await history.now())) / 86_400_000).toBeLessThan(32)
  })

  it('is nothing once the plan is to end, and is known again once it is kept', async () => {
    const { subscriptions } = stripeClient()
    await subscriptions.update(me.subscriptionId, { cancel_at_period_end: true })
    expect(await next()).toBe('nothing')
    await subscriptions.update(me.subscriptionId, { cancel_at_period_end: false })
    expect(await next()).toMatchObject({ due: 1900 })
  })

  it('says so where tax is not known yet, because there is no address', async () => {
    const { customers, subscriptions } = stripeClient()
    await customers.update(me.customerId, { address: { country: 'DE' } })
    await subscriptions.update(me.subscriptionId, { automatic_tax: { enabled: true } })
    expect(await next()).toMatchObject({ tax: { isUnknown: false, added: 361 } })
    await customers.update(me.customerId, { address: '' })
    expect(await next()).toMatchObject({ tax: { isUnknown: true, added: 0 } })
  })

  it('is asked of Stripe once while nothing has changed, and says the same when Redis is gone', async () => {
    const first = await next()
    const { requests } = counted()
    expect(await next()).toEqual(first)
    expect(requests()).toBe(0)
    const gone = vi.spyOn(store(), 'ask').mockResolvedValue({ ok: false })
    expect(await next()).toEqual(first)
    gone.mockRestore()
    await stripeClient().customers.update(me.customerId, { balance: -100 })
    expect(await next()).toMatchObject({ balance: -100, due: 1800 })
  })

  it('is asked for on a page alone', async () => {
    expect((await readBilling(me.workspaceId)).next).toEqual({ kind: 'unknown' })
  })
})

// breakage: Stripe does not answer while a customer who owes looks at their billing | the page says what we know, and names no amount
it('while Stripe does not answer the page says what we know, and no amount', async () => {
  await chargeTo(me, 'pm_card_chargeCustomerFail')
  await history.later(31, 2)
  await shop.stop()
  expect(await page()).toMatchObject({ status: 'past_due', open: null, next: { kind: 'unknown' } })
})

/** How often Stripe was asked since. */
function counted() {
  let n = 0
  const count = () => {
    n += 1
  }
  stripeClient().on('request', count)
  return {
    requests() {
      stripeClient().off('request', count)
      return n
    },
  }
}
