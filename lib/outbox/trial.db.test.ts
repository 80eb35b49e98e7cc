import { beforeEach, describe, expect, it } from 'vitest'
import { BRAND } from '@/lib/brand'
import { PLANS } from '@/lib/catalog/plans'
import { priceForTier } from '@/lib/catalog/price-for-tier'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { shopper } from '@/lib/checkout/shop.fixture'
import { ensureCustomer } from '@/lib/customers/ensure'
import { deliver } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { soak } from '@/scripts/test/soak.fixture'
import { emailsTo } from './history.fixture'
import { historyForFile } from './history-for-file.fixture'

const DAY = 86_400_000

const { shop, history } = historyForFile()
let me: Awaited<ReturnType<typeof onTrial>>

beforeEach(async () => {
  me = await onTrial()
  await history.arrive()
})

describe('a trial that ends', () => {
  it('is announced once, with what Stripe will charge', async () => {
    await history.later(11, 2)
    await history.later(1)
    const emails = await emailsTo(me)
    expect(emails).toHaveLength(1)
    expect(emails[0]?.subject).toBe(`Your trial of ${PLANS[SMALL].name} ends on ${day(me.ends)}`)
    expect(emails[0]?.text).toContain(
      `$19.00 for ${PLANS[SMALL].name} is charged on ${day(me.ends)}`,
    )
  })

  it('is announced with the amount after the coupon and the credit, and not with the list price', async () => {
    await stripeClient().coupons.create({ id: 'half', percent_off: 50, duration: 'once' })
    await stripeClient().subscriptions.update(me.id, { discounts: [{ coupon: 'half' }] })
    await stripeClient().customers.update(me.customerId, { balance: -250 })
    await history.later(11, 2)
    const [email] = await emailsTo(me)
    expect(email?.text).toContain(`$7.00 for ${PLANS[SMALL].name} is charged on`)
    expect(email?.text).not.toContain('$19')
  })

  it('that is extended after its reminder is announced again before its new end, and the first is not sent twice', async () => {
    await history.later(11, 2)
    const extended = me.ends + 14 * DAY
    await stripeClient().subscriptions.update(me.id, { trial_end: extended / 1000 })
    // Stripe delivers the first event once more.
    await resend(me.id)
    await history.later(1)
    expect(await emailsTo(me)).toHaveLength(1)
    await history.later(13)
    const emails = await emailsTo(me)
    expect(emails.map(({ subject }) => subject)).toEqual([
      `Your trial of ${PLANS[SMALL].name} ends on ${day(me.ends)}`,
      `Your trial of ${PLANS[SMALL].name} ends on ${day(extended)}`,
    ])
  })

  soak(
    'that is extended before an email about its first end is announced for the second alone',
    async () => {
      const extended = me.ends + 14 * DAY
      await fetch(`${shop.url}/_sandbox/clock`, {
        method: 'POST',
        body: JSON.stringify({ advance: 11 * 86_400 + 7200 }),
      })
      await stripeClient().subscriptions.update(me.id, { trial_end: extended / 1000 })
      await history.arrive()
      expect(await emailsTo(me)).toEqual([])
      await history.later(14)
      const emails = await emailsTo(me)
      expect(emails.map(({ subject }) => subject)).toEqual([
        `Your trial of ${PLANS[SMALL].name} ends on ${day(extended)}`,
      ])
    },
  )

  it('that will not go on, or whose end has passed, is not announced', async () => {
    await stripeClient().subscriptions.update(me.id, { cancel_at_period_end: true })
    await history.later(11, 2)
    const emails = await emailsTo(me)
    expect(emails.map(({ subject }) => subject)).toEqual([
      expect.stringMatching(/^Pro is canceled and ends on /),
    ])
  })
})

describe('a trial without a card', () => {
  beforeEach(async () => {
    await stripeClient().subscriptions.update(me.id, { default_payment_method: '' })
  })

  it('says that one is missing', async () => {
    await history.later(11, 2)
    const [email] = await emailsTo(me)
    expect(email?.text).toContain('There is no card on file yet')
  })

  soak.each([
    ['pause', `${PLANS[SMALL].name} pauses on`],
    ['cancel', `${PLANS[SMALL].name} ends on`],
  ] as const)('that would %s promises no charge', async (behavior, words) => {
    await stripeClient().subscriptions.update(me.id, {
      trial_settings: { end_behavior: { missing_payment_method: behavior } },
    })
    await history.later(11, 2)
    const [email] = await emailsTo(me)
    expect(email?.text).toContain(`${words} ${day(me.ends)}`)
    expect(email?.text).not.toContain('is charged')
  })
})

async function onTrial() {
  const { workspaceId, actor } = await shopper()
  const customerId = await ensureCustomer(actor, workspaceId)
  const card = await stripeClient().paymentMethods.attach('pm_card_visa', { customer: customerId })
  const { id, trial_end } = await stripeClient().subscriptions.create({
    customer: customerId,
    items: [{ price: await priceForTier(SMALL, 'month') }],
    default_payment_method: card.id,
    trial_period_days: 14,
    metadata: { app: BRAND.stripe.app, env: 'test' },
  })
  return { workspaceId, customerId, id, ends: Number(trial_end) * 1000 }
}

/** A twin of the reminder's event: Stripe sometimes makes two for one thing. */
async function resend(subscription: string): Promise<void> {
  const sent = [...shop.sandbox.store.all('event')].find(
    ({ type, data }) =>
      type === 'customer.subscription.trial_will_end' &&
      (data.object as { id: string }).id === subscription,
  )
  if (!sent) throw new Error('The reminder was never sent.')
  await deliver({ ...sent, id: `${sent.id}twin` })
}

/** `December 7, 2026`, as the emails write it. */
function day(at: number): string {
  return new Date(at).toLocaleDateString('en-US', { dateStyle: 'long', timeZone: 'UTC' })
}
