import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Stripe from 'stripe'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { cancelAtPeriodEnd } from '@/sandbox/lifecycle/portal/cancel'
import type { RunningSandbox } from '@/sandbox/server'
import { addCatalog, clientOf, startWorld } from '@/sandbox/test/world'

const HOUR = 3600
const DAY = 24 * HOUR
// Not now, so that nothing of the sandbox's own time can be mistaken for the clock's.
const FROZEN = Date.UTC(2032, 0, 31, 12) / 1000
const MARCH_31 = Date.UTC(2032, 2, 31, 12) / 1000

let world: Awaited<ReturnType<typeof startWorld>>
let stripe: Stripe
let catalog: Awaited<ReturnType<typeof addCatalog>>

beforeEach(async () => {
  world = await startWorld()
  stripe = world.stripe
  catalog = await addCatalog(stripe)
})

afterEach(() => world.stop())

describe('a test clock', () => {
  test('dates its customers, their subscriptions, invoices and events', async () => {
    const { customer, subscription } = await subscriber()
    expect(customer.created).toBe(FROZEN)
    expect(subscription).toMatchObject({ created: FROZEN, status: 'active' })
    const invoices = await stripe.invoices.list({ customer: customer.id })
    expect(invoices.data).toMatchObject([{ created: FROZEN, test_clock: customer.test_clock }])
    const { data } = await stripe.events.list({ limit: 100 })
    const about = data.filter(({ created }) => created === FROZEN).map(({ type }) => type)
    expect(about).toEqual(
      expect.arrayContaining(['customer.created', 'customer.subscription.created', 'invoice.paid']),
    )
  })

  test('advances through a renewal with its hour as a draft, and leaves all other customers alone', async () => {
    const ahead = world.sandbox.clock.offset()
    const other = await stripe.customers.create()
    const { clock, subscription } = await subscriber()
    const end = subscription.items.data[0]?.current_period_end ?? 0
    expect(new Date(end * 1000).toISOString()).toBe('2032-02-29T12:00:00.000Z')

    const started = await stripe.testHelpers.testClocks.advance(clock, { frozen_time: end + 60 })
    expect(started).toMatchObject({
      status: 'advancing',
      frozen_time: FROZEN,
      status_details: { advancing: { target_frozen_time: end + 60 } },
    })
    expect(await arrived(clock)).toMatchObject({ frozen_time: end + 60, status_details: {} })
    const [draft] = (await stripe.invoices.list({ subscription: subscription.id })).data
    expect(draft).toMatchObject({ status: 'draft', created: end })

    await stripe.testHelpers.testClocks.advance(clock, { frozen_time: end + 2 * HOUR })
    await arrived(clock)
    const [paid] = (await stripe.invoices.list({ subscription: subscription.id })).data
    expect(paid).toMatchObject({ id: draft?.id, status: 'paid' })
    expect(paid?.status_transitions.paid_at).toBe(end + HOUR)
    const emitted = await stripe.events.list({ type: 'invoice.paid' })
    expect(emitted.data.map(({ created }) => created)).toEqual([end + HOUR, FROZEN])
    expect(Math.abs(other.created - ahead - Date.now() / 1000)).toBeLessThan(60)
    expect(world.sandbox.clock.offset()).toBe(ahead)
  })

  test('stands still while the world and the clock of the sandbox go on', async () => {
    const { subscription } = await subscriber()
    const body = JSON.stringify({ advance: 4 * 365 * DAY })
    await fetch(`${world.url}/_sandbox/clock`, { method: 'POST', body })
    expect((await stripe.subscriptions.retrieve(subscription.id)).items.data[0]).toMatchObject({
      current_period_start: FROZEN,
    })
  })

  test('emits its life: created, advancing, ready, deleted', async () => {
    const { clock } = await subscriber()
    await stripe.testHelpers.testClocks.advance(clock, { frozen_time: FROZEN + DAY })
    await arrived(clock)
    await stripe.testHelpers.testClocks.del(clock)
    const { data } = await stripe.events.list({ type: 'test_helpers.test_clock.*' })
    expect(data.map(({ type }) => type.split('.').at(-1)).reverse()).toEqual([
      'created',
      'advancing',
      'ready',
      'deleted',
    ])
  })

  test('goes at most two intervals of its shortest subscription at a time', async () => {
    const { clock } = await subscriber()
    const tooFar = stripe.testHelpers.testClocks.advance(clock, { frozen_time: MARCH_31 + 1 })
    await expect(tooFar).rejects.toMatchObject({ statusCode: 400, param: 'frozen_time' })
    await stripe.testHelpers.testClocks.advance(clock, { frozen_time: MARCH_31 })
    expect((await arrived(clock)).frozen_time).toBe(MARCH_31)
  })

  test('goes at most two years without a subscription, and never back', async () => {
    const { id } = await stripe.testHelpers.testClocks.create({ frozen_time: FROZEN })
    const years = Date.UTC(2034, 0, 31, 12) / 1000
    for (const frozen_time of [years + 1, FROZEN, FROZEN - 1]) {
      const refused = stripe.testHelpers.testClocks.advance(id, { frozen_time })
      await expect(refused).rejects.toMatchObject({ statusCode: 400 })
    }
    await stripe.testHelpers.testClocks.advance(id, { frozen_time: years })
    expect((await arrived(id)).frozen_time).toBe(years)
  })

  test('has to be named to list what lives on it', async () => {
    const { clock, customer, subscription } = await subscriber()
    const free = await stripe.customers.create()
    const customers = async (more: object) =>
      (await stripe.customers.list(more)).data.map(({ id }) => id)
    expect(await customers({})).toEqual([free.id])
    expect(await customers({ test_clock: clock })).toEqual([customer.id])
    const subscriptions = async (more: object) =>
      (await stripe.subscriptions.list(more)).data.map(({ id }) => id)
    expect(await subscriptions({})).toEqual([])
    expect(await subscriptions({ test_clock: clock })).toEqual([subscription.id])
    expect(await subscriptions({ customer: customer.id })).toEqual([subscription.id])
    expect((await stripe.testHelpers.testClocks.list()).data).toMatchObject([{ id: clock }])
  })

  test('takes its customers along when it is deleted', async () => {
    const { clock, customer, subscription } = await subscriber()
    expect(await stripe.testHelpers.testClocks.del(clock)).toMatchObject({ deleted: true })
    expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ deleted: true })
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('canceled')
    const gone = { statusCode: 404, code: 'resource_missing' }
    await expect(stripe.testHelpers.testClocks.retrieve(clock)).rejects.toMatchObject(gone)
  })

  test('is named by customers only if it exists', async () => {
    const made = stripe.customers.create({ test_clock: 'clock_none' })
    await expect(made).rejects.toMatchObject({ statusCode: 400, param: 'test_clock' })
  })

  test('is not given to a customer who is only described by a customer of it', async () => {
    const { customer } = await subscriber()
    const other = await stripe.customers.create({
      description: customer.id,
      metadata: { twin: customer.id },
    })
    expect(other.created).toBeLessThan(FROZEN)
  })

  test('is the clock of the hosted pages of its customers, too', async () => {
    const { customer, subscription } = await subscriber()
    await stripe.billingPortal.configurations.create({
      default_return_url: 'http://app.test/',
      features: { subscription_cancel: { enabled: true, mode: 'at_period_end' } },
    })
    const { url } = await stripe.billingPortal.sessions.create({ customer: customer.id })
    cancelAtPeriodEnd(world.sandbox, url.split('/').at(-1) ?? '', subscription.id)
    const canceled = await stripe.subscriptions.retrieve(subscription.id)
    expect(canceled.canceled_at).toBe(FROZEN)
  })
})

test('a test clock that was on its way when the sandbox stopped arrives after its next start', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-test-clock-'))
  const first = await startWorld({ dataDir })
  const { id } = await first.stripe.testHelpers.testClocks.create({ frozen_time: FROZEN })
  await first.stripe.testHelpers.testClocks.advance(id, { frozen_time: FROZEN + DAY })
  await first.stop()
  const again: RunningSandbox = await startWorld({ dataDir })
  const found = await clientOf(again.port).testHelpers.testClocks.retrieve(id)
  expect(found).toMatchObject({ status: 'ready', frozen_time: FROZEN + DAY })
  await again.stop()
})

async function subscriber() {
  const { id: clock } = await stripe.testHelpers.testClocks.create({
    frozen_time: FROZEN,
    name: 'a year',
  })
  const customer = await stripe.customers.create({ test_clock: clock })
  const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id })
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: catalog.proMonthly.id }],
    default_payment_method: method.id,
  })
  return { clock, customer, subscription }
}

async function arrived(clock: string): Promise<Stripe.TestHelpers.TestClock> {
  await expect
    .poll(async () => (await stripe.testHelpers.testClocks.retrieve(clock)).status)
    .toBe('ready')
  return stripe.testHelpers.testClocks.retrieve(clock)
}
