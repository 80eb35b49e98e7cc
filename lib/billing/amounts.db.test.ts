import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { disconnect } from '@/db/client'
import { openShop } from '@/lib/checkout/shop.fixture'
import { chargeTo, historyOf } from '@/lib/outbox/history.fixture'
import { type Subscriber, subscriber } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import type { RunningSandbox } from '@/sandbox/server'
import { readBilling } from './read'

let shop: RunningSandbox
let history: ReturnType<typeof historyOf>
let me: Subscriber

beforeAll(async () => {
  shop = await openShop()
  history = historyOf(shop)
})
beforeEach(async () => {
  me = await subscriber()
  await history.arrive()
})
afterAll(disconnect)

const page = () => readBilling(me.workspaceId, { actor: me.actor, amounts: true })

describe('the billing page of somebody whose payment failed', () => {
  beforeEach(async () => {
    await chargeTo(me, 'pm_card_chargeCustomerFail')
    await stripeClient().customers.update(me.customerId, { balance: -500 })
    await history.later(31, 2)
  })

  it('names what is open, less what they had in credit, when it is tried again and where to pay it', async () => {
    const billing = await page()
    expect(billing).toMatchObject({ status: 'past_due', price: { amount: 1900 } })
    expect(billing.open).toEqual({
      remaining: { amount: 1400, currency: 'usd' },
      nextAttempt: expect.any(Date),
      payUrl: expect.stringContaining(`${shop.url}/i/in_`),
    })
  })

  it('asks Stripe for that on a page alone', async () => {
    expect((await readBilling(me.workspaceId)).open).toBeNull()
  })
})

it('the billing page of somebody on trial names what Stripe will charge, and that there is no card', async () => {
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
  expect((await page()).trialEnding).toMatchObject({ withoutCard: 'create_invoice' })
})

it('the billing page of a plan in order asks Stripe for nothing', async () => {
  const { requests } = counted()
  expect(await page()).toMatchObject({ status: 'active', open: null, trialEnding: null })
  expect(requests()).toBe(0)
})

// breakage: Stripe does not answer while somebody who owes looks at their billing | the page says what we know, and names no amount
it('while Stripe does not answer the page says what we know, and no amount', async () => {
  await chargeTo(me, 'pm_card_chargeCustomerFail')
  await history.later(31, 2)
  await shop.stop()
  expect(await page()).toMatchObject({ status: 'past_due', open: null })
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
