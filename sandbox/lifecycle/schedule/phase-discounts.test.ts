import type Stripe from 'stripe'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startStory } from '@/sandbox/test/story'

const DAY = 86_400
let story: Awaited<ReturnType<typeof startStory>>

beforeEach(async () => {
  story = await startStory()
})

afterEach(() => story.stop())

const coupon = async (more: Partial<Stripe.CouponCreateParams>) =>
  (await story.stripe.coupons.create({ duration: 'forever', ...more })).id

const totals = async (subscription: string) =>
  (await story.stripe.invoices.list({ subscription })).data.map(({ total }) => total).reverse()

const previewed = async (
  subscription: string,
  more: Partial<Stripe.InvoiceCreatePreviewParams> = {},
) => (await story.stripe.invoices.createPreview({ subscription, ...more })).total

/** A subscription to Pro under a schedule, whose second phase, a month later, says so much of discounts. */
async function scheduled(
  later: Partial<Stripe.SubscriptionScheduleUpdateParams.Phase>,
  item: Partial<Stripe.SubscriptionScheduleUpdateParams.Phase.Item> = {},
  discounts: Stripe.SubscriptionUpdateParams.Discount[] = [],
) {
  const { stripe, catalog } = story
  const { subscription, customer } = await story.subscribe()
  if (discounts.length > 0) await stripe.subscriptions.update(subscription.id, { discounts })
  const { id, phases } = await stripe.subscriptionSchedules.create({
    from_subscription: subscription.id,
  })
  const [now] = phases
  if (!now) throw new Error('The schedule has no phase.')
  const first = {
    items: [{ price: catalog.proMonthly.id }],
    discounts: now.discounts.map(({ discount }) => ({ discount: String(discount) })),
    start_date: now.start_date,
    end_date: now.end_date,
  }
  const second = {
    items: [{ price: catalog.proMonthly.id, ...item }],
    duration: { interval: 'month', interval_count: 2 },
    ...later,
  } satisfies Stripe.SubscriptionScheduleUpdateParams.Phase
  const phasesGiven = [first, second]
  const schedule = await stripe.subscriptionSchedules.update(id, { phases: phasesGiven })
  return { subscription: subscription.id, customer: customer.id, schedule, phasesGiven }
}

test('a phase that names a coupon charges less from its first day, as the preview said', async () => {
  const half = await coupon({ percent_off: 50 })
  const { subscription, schedule } = await scheduled({ discounts: [{ coupon: half }] })
  expect(schedule.phases.map(({ discounts }) => discounts)).toEqual([
    [],
    [{ coupon: half, discount: null, promotion_code: null }],
  ])
  expect(await previewed(subscription)).toBe(950)
  expect(await previewed(subscription, { discounts: '' })).toBe(1900)
  expect((await story.stripe.coupons.retrieve(half)).times_redeemed).toBe(0)
  await story.advance(32 * DAY)
  expect(await totals(subscription)).toEqual([1900, 950])
  expect((await story.stripe.coupons.retrieve(half)).times_redeemed).toBe(1)
})

test('a coupon for some months counts from the first day of its phase', async () => {
  const twice = await coupon({ percent_off: 50, duration: 'repeating', duration_in_months: 1 })
  const { subscription } = await scheduled({ discounts: [{ coupon: twice }] })
  expect(await previewed(subscription)).toBe(950)
  await story.advance(63 * DAY)
  expect(await totals(subscription)).toEqual([1900, 950, 1900])
})

test('a phase that names none ends the discounts of the one before, and one that names them keeps them', async () => {
  const half = await coupon({ percent_off: 50 })
  const without = await scheduled({}, {}, [{ coupon: half }])
  expect(without.schedule.phases[0]?.discounts).toMatchObject([{ coupon: null }])
  expect(await previewed(without.subscription)).toBe(1900)
  const { discounts } = await story.stripe.subscriptions.retrieve(without.subscription)
  expect(discounts).toHaveLength(1)
  await story.advance(32 * DAY)
  expect(await totals(without.subscription)).toEqual([1900, 1900])
  expect(await story.stripe.subscriptions.retrieve(without.subscription)).toMatchObject({
    discounts: [],
  })
  const kept = await scheduled({ discounts: [{ coupon: half }] }, {}, [{ coupon: half }])
  const before = await story.stripe.subscriptions.retrieve(kept.subscription)
  await story.advance(32 * DAY)
  const after = await story.stripe.subscriptions.retrieve(kept.subscription)
  expect(after.discounts).toEqual(before.discounts)
})

test("an item's own coupon comes with its phase and goes with it", async () => {
  const half = await coupon({ percent_off: 50 })
  const { subscription } = await scheduled({}, { discounts: [{ coupon: half }], quantity: 2 })
  const [preview] = (await story.stripe.invoices.createPreview({ subscription })).lines.data
  expect(preview?.discount_amounts).toMatchObject([{ amount: 1900 }])
  await story.advance(32 * DAY)
  const { items, discounts } = await story.stripe.subscriptions.retrieve(subscription)
  expect(discounts).toEqual([])
  expect(items.data[0]?.discounts).toHaveLength(1)
  expect(await totals(subscription)).toEqual([1900, 1900])
})

test('a phase with an empty list charges the whole price, whatever its customer has; another inherits that', async () => {
  const half = await coupon({ percent_off: 50 })
  const bare = await scheduled({ discounts: '' })
  const inherits = await scheduled({})
  for (const { customer } of [bare, inherits]) {
    const body = JSON.stringify({ coupon: half })
    await fetch(`${story.url}/_sandbox/customers/${customer}/discount`, { method: 'POST', body })
  }
  expect(await previewed(bare.subscription)).toBe(1900)
  expect(await previewed(inherits.subscription)).toBe(950)
  expect(await previewed(inherits.subscription, { discounts: '' })).toBe(1900)
  await story.advance(32 * DAY)
  expect(await totals(bare.subscription)).toEqual([1900, 1900])
  expect(await totals(inherits.subscription)).toEqual([1900, 950])
  expect(await previewed(bare.subscription)).toBe(1900)
  await story.stripe.subscriptionSchedules.release(bare.schedule.id)
  expect(await previewed(bare.subscription)).toBe(950)
})

test('a schedule that is written again does not redeem what its phase has used up', async () => {
  const once = await coupon({ percent_off: 50, duration: 'once' })
  const { stripe, catalog } = story
  const customer = await stripe.customers.create({
    payment_method: 'pm_card_visa',
    invoice_settings: { default_payment_method: 'pm_card_visa' },
  })
  const phase = {
    items: [{ price: catalog.proMonthly.id, metadata: { seat: 'a' } }],
    discounts: [{ coupon: once }],
    metadata: { stage: 'first' },
    duration: { interval: 'month' as const, interval_count: 6 },
  }
  const { id, subscription, phases } = await stripe.subscriptionSchedules.create({
    customer: customer.id,
    start_date: 'now',
    phases: [phase],
  })
  await story.advance(2 * 3600)
  expect(await totals(String(subscription))).toEqual([950])
  const start_date = phases[0]?.start_date ?? 0
  await stripe.subscriptionSchedules.update(id, { phases: [{ ...phase, start_date }] })
  expect(await stripe.subscriptions.retrieve(String(subscription))).toMatchObject({
    discounts: [],
    metadata: { stage: 'first' },
    items: { data: [{ metadata: { seat: 'a' } }] },
  })
  expect((await stripe.coupons.retrieve(once)).times_redeemed).toBe(1)
  await story.advance(32 * DAY)
  expect(await totals(String(subscription))).toEqual([950, 1900])
})

test('a coupon that the running phase is given is at work at once', async () => {
  const half = await coupon({ percent_off: 50 })
  const { subscription, schedule, phasesGiven } = await scheduled({})
  const [first, second] = phasesGiven
  if (!first || !second) throw new Error('There are no phases.')
  await story.stripe.subscriptionSchedules.update(schedule.id, {
    phases: [{ ...first, discounts: [{ coupon: half }] }, second],
  })
  const { discounts } = await story.stripe.subscriptions.retrieve(subscription)
  expect(discounts).toHaveLength(1)
})

test('what a phase cannot have is refused, and named', async () => {
  const { stripe, catalog } = story
  const customer = (await stripe.customers.create({})).id
  const write = (phase: Partial<Stripe.SubscriptionScheduleCreateParams.Phase>) =>
    stripe.subscriptionSchedules.create({
      customer,
      start_date: 'now',
      phases: [{ items: [{ price: catalog.proMonthly.id }], ...phase }],
    })
  await expect(write({ discounts: [{ coupon: 'none' }] })).rejects.toMatchObject({
    code: 'resource_missing',
    param: 'phases[0][discounts][0][coupon]',
  })
  const items = [{ price: catalog.proMonthly.id, discounts: [{ discount: 'di_none' }] }]
  await expect(write({ items })).rejects.toMatchObject({
    code: 'resource_missing',
    param: 'phases[0][items][0][discounts][0][discount]',
  })
})
