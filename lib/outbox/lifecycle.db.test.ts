import { beforeEach, describe, expect, it } from 'vitest'
import { PLANS } from '@/lib/catalog/plans'
import { priceForTier } from '@/lib/catalog/price-for-tier'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { isHandled } from '@/lib/events/handlers'
import { parseSubscriptionId } from '@/lib/ids'
import { deliver, type Subscriber, subscriber } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { changeLater } from '@/lib/stripe/plan-changes'
import { releaseSchedule } from '@/lib/stripe/schedules'
import { chargeTo, emailsTo } from './history.fixture'
import { historyForFile } from './history-for-file.fixture'

// A renewal and what follows, each with its events, on a machine that may be busy.
const SLOW = { timeout: 60_000 }
const SMALLS = PLANS[SMALL].name
const GREATS = PLANS[GREAT].name

const { shop, history } = historyForFile()
let me: Subscriber

beforeEach(async () => {
  me = await subscriber()
})

const subjects = async () => (await emailsTo(me, { welcome: true })).map(({ subject }) => subject)
const stripe = () => stripeClient().subscriptions
/** Each event arrives, and then a twin of it: Stripe sometimes makes two for one thing. */
const again = async () => {
  await history.arrive()
  const mine = [...shop.sandbox.store.all('event')].filter(
    ({ id, type, data }) =>
      isHandled(type) && !id.endsWith('twin') && JSON.stringify(data).includes(me.customerId),
  )
  for (const event of mine) await deliver({ ...event, id: `${event.id}twin` })
  await history.later(0, 1)
}

describe('a first payment', SLOW, () => {
  it('is welcomed once with its receipt, and a renewal that is paid makes no email', async () => {
    await again()
    const [email, ...more] = await emailsTo(me, { welcome: true })
    expect(email?.subject).toBe(`Welcome to ${SMALLS}: your receipt for $19.00`)
    expect(email?.text).toContain(`You paid $19.00 for ${SMALLS} on`)
    expect(email?.text).toContain('It renews on')
    expect(more).toEqual([])
    await history.later(31, 2)
    expect(await subjects()).toHaveLength(1)
  })

  it('names what was paid, and not the list price', async () => {
    await stripe().cancel(me.subscriptionId)
    await history.arrive()
    const before = await subjects()
    await stripeClient().coupons.create({
      id: `off-${me.customerId}`,
      percent_off: 20,
      duration: 'once',
    })
    await stripe().create({
      customer: me.customerId,
      items: [{ price: await priceForTier(SMALL, 'month') }],
      default_payment_method: await cardOf(),
      discounts: [{ coupon: `off-${me.customerId}` }],
      metadata: { app: 'ledgerline', env: 'test' },
    })
    await history.arrive()
    expect((await subjects()).slice(before.length)).toEqual([
      `Welcome to ${SMALLS}: your receipt for $15.20`,
    ])
  })

  it('of a plan that ended before it was written is not welcomed', async () => {
    await stripe().cancel(me.subscriptionId)
    await history.arrive()
    expect((await subjects()).join()).not.toContain('Welcome')
  })
})

describe('a renewal that failed', SLOW, () => {
  it('and is paid is said to be done, once', async () => {
    await history.arrive()
    await chargeTo(me, 'pm_card_chargeCustomerFail')
    await history.later(31, 2)
    await chargeTo(me, 'pm_card_visa')
    const { latest_invoice } = await stripe().retrieve(me.subscriptionId)
    await stripeClient().invoices.pay(String(latest_invoice))
    await again()
    const emails = await emailsTo(me)
    expect(emails.map(({ subject }) => subject)).toEqual([
      `We could not charge $19.00 for ${SMALLS}`,
      `$19.00 for ${SMALLS} is paid, and your plan goes on`,
    ])
    expect(emails[1]?.text).toContain('there is nothing that you have to do')
  })

  it('because the bank wants it confirmed makes one email, which says that', async () => {
    await history.arrive()
    await chargeTo(me, 'pm_card_authenticationRequired')
    await history.later(31, 2)
    const emails = await emailsTo(me)
    expect(emails.map(({ subject }) => subject)).toEqual([
      `Your bank asks you to confirm $19.00 for ${SMALLS}`,
    ])
    expect(emails[0]?.text).not.toContain('could not be charged')
  })
})

describe('a cancellation', SLOW, () => {
  beforeEach(() => history.arrive())

  it('is confirmed once, and its end is reported once', async () => {
    await stripe().update(me.subscriptionId, { cancel_at_period_end: true })
    await again()
    const [email, ...more] = await emailsTo(me)
    expect(email?.subject).toMatch(new RegExp(`^${SMALLS} is canceled and ends on `))
    expect(email?.text).toContain('does not renew')
    expect(more).toEqual([])
    await history.later(31, 2)
    await history.later(1)
    const [, end, ...rest] = await emailsTo(me)
    expect(end?.subject).toMatch(new RegExp(`^${SMALLS} ended on `))
    expect(rest).toEqual([])
  })

  it('that is taken back before it is written about makes no email', async () => {
    await stripe().update(me.subscriptionId, { cancel_at_period_end: true })
    await stripe().update(me.subscriptionId, { cancel_at_period_end: false })
    await history.arrive()
    expect(await emailsTo(me)).toEqual([])
  })

  it('after one that was taken back is confirmed again', async () => {
    for (const cancel of [true, false, true]) {
      await stripe().update(me.subscriptionId, { cancel_at_period_end: cancel })
      await history.later(0, 1)
    }
    expect(await emailsTo(me)).toHaveLength(2)
  })
})

describe('a change of plan', SLOW, () => {
  beforeEach(() => history.arrive())

  it('is reported once, with what was charged for it and what is charged next', async () => {
    await change(GREAT, 'always_invoice')
    await again()
    const [email, ...more] = await emailsTo(me)
    const { latest_invoice } = await stripe().retrieve(me.subscriptionId, {
      expand: ['latest_invoice'],
    })
    const paid = typeof latest_invoice === 'object' ? Number(latest_invoice?.amount_paid) : 0
    expect(paid).toBeGreaterThan(0)
    expect(email?.subject).toBe(`Your plan is now ${GREATS}, billed monthly`)
    expect(email?.text).toContain(`$${(paid / 100).toFixed(2)} was charged for the change on`)
    expect(email?.text).toContain('The next charge is $49.00 on')
    expect(more).toEqual([])
  })

  it('that is undone before it is written about makes no email about the plan that is not', async () => {
    await change(GREAT, 'none')
    await history.arrive({ collects: false })
    await change(SMALL, 'none')
    await history.arrive()
    expect(await subjects()).not.toContain(`Your plan is now ${GREATS}, billed monthly`)
    expect(await subjects()).toContain(`Your plan is now ${SMALLS}, billed monthly`)
  })

  it('for the end of the period is announced once with its day and amount, and reported when it is there', async () => {
    await later()
    await again()
    const [email, ...more] = await emailsTo(me)
    expect(email?.subject).toMatch(
      new RegExp(`^Your plan changes to ${GREATS}, billed monthly on `),
    )
    expect(email?.text).toContain('and $49.00 is charged on that day')
    expect(more).toEqual([])
    await history.later(31, 2)
    expect((await emailsTo(me)).slice(1).map(({ subject }) => subject)).toEqual([
      `Your plan is now ${GREATS}, billed monthly`,
    ])
  })

  it('that is called off before it is written about is not announced', async () => {
    await later()
    const { schedule } = await stripe().retrieve(me.subscriptionId)
    await releaseSchedule(String(schedule))
    await history.arrive()
    expect(await emailsTo(me)).toEqual([])
  })
})

async function change(
  tier: typeof SMALL | typeof GREAT,
  proration_behavior: 'always_invoice' | 'none',
) {
  const items = [{ id: me.item, price: await priceForTier(tier, 'month') }]
  await stripe().update(me.subscriptionId, { items, proration_behavior })
}

async function later() {
  await changeLater(
    {
      subscription: parseSubscriptionId(me.subscriptionId),
      item: me.item,
      price: await priceForTier(GREAT, 'month'),
      quantity: 1,
      at: new Date(await history.now()),
    },
    await priceForTier(SMALL, 'month'),
  )
}

async function cardOf() {
  return (await stripeClient().paymentMethods.attach('pm_card_visa', { customer: me.customerId }))
    .id
}
