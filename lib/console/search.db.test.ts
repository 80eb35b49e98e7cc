import { beforeAll, describe, expect, test } from 'vitest'
import { db } from '@/db/client'
import { ingestEvent } from '@/db/queries/ledger'
import { customers, subscriptions } from '@/db/schema/billing'
import { checkoutIntents } from '@/db/schema/checkout'
import { BRAND } from '@/lib/brand'
import { priceForTier } from '@/lib/catalog/price-for-tier'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { ensureCustomer } from '@/lib/customers/ensure'
import { stripeClient } from '@/lib/stripe/client'
import { anEvent, eventId, oneCustomer } from '@/lib/sync/one-customer.fixture'
import { productionPorts } from '@/lib/sync/production-ports'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { aTeam, someone } from '@/lib/workspaces/someone.fixture'
import { search } from './search'

const OPERATOR = { id: 'f0000000-0000-4000-8000-000000000001' }
const find = (asked: string) => search(asked, OPERATOR)

shopForFile()

/** Someone who has bought, with what Stripe made of it. */
async function buyer() {
  const { workspaceId, actor } = await someone({ name: 'Grace Brewster Hopper' })
  const customerId = await ensureCustomer(actor, workspaceId)
  const card = await stripeClient().paymentMethods.attach('pm_card_visa', { customer: customerId })
  const subscription = await stripeClient().subscriptions.create({
    customer: customerId,
    items: [{ price: await priceForTier(SMALL, 'month') }],
    default_payment_method: card.id,
    metadata: { app: BRAND.stripe.app, env: 'test' },
    expand: ['latest_invoice.payments'],
  })
  await syncCustomer(productionPorts(), customerId, actor)
  return { workspaceId, customerId, subscription, card }
}

describe('an operator who has one id of Stripe', () => {
  let one: Awaited<ReturnType<typeof buyer>>
  beforeAll(async () => {
    one = await buyer()
  })
  const there = () => ({ kind: 'customer', workspaceId: one.workspaceId })

  test('of a customer or a subscription is led to the customer, without asking Stripe', async () => {
    expect(await find(one.customerId)).toEqual(there())
    expect(await find(` ${one.subscription.id} `)).toEqual(there())
  })

  test('of an item, an invoice, a payment, a charge or a card is led there, too: Stripe says whose it is', async () => {
    const [item] = one.subscription.items.data
    const { data: payments } = await stripeClient().invoicePayments.list({
      invoice: String((one.subscription.latest_invoice as { id: string }).id),
    })
    const intent = String(payments[0]?.payment.payment_intent)
    const { latest_charge: charge } = await stripeClient().paymentIntents.retrieve(intent)
    const refund = await stripeClient().refunds.create({ payment_intent: intent, amount: 100 })
    const invoice = (one.subscription.latest_invoice as { id: string }).id
    for (const id of [item?.id, invoice, intent, String(charge), one.card.id, refund.id])
      expect([id, await find(String(id))]).toEqual([id, there()])
  })

  test('of what an event reported is led there, also when Stripe is away', async () => {
    await ingestEvent({
      ...anEvent(),
      targetKey: one.customerId,
      customerId: one.customerId,
      objectId: 'in_toldOnly',
    })
    expect(await find('in_toldOnly')).toEqual(there())
  })

  test('of a Checkout session is led to whose it was', async () => {
    await db()
      .insert(checkoutIntents)
      .values({
        ...{ workspaceId: one.workspaceId, tier: SMALL, interval: 'month' },
        ...{ state: 'expired' as const, sessionId: 'cs_test_a1' as const },
      })
    expect(await find('cs_test_a1')).toEqual(there())
  })

  test('of a price gets those who live on it', async () => {
    const found = await find(await priceForTier(SMALL, 'month'))
    expect(found).toMatchObject({
      kind: 'list',
      customers: expect.arrayContaining([
        expect.objectContaining({ workspaceId: one.workspaceId }),
      ]),
    })
  })

  test('of a product gets those who live on any of its prices, and of one that no one has is told so', async () => {
    const price = await stripeClient().prices.retrieve(await priceForTier(SMALL, 'month'))
    const found = await find(String(price.product))
    expect(
      found.kind === 'list' && found.customers.map(({ workspaceId }) => workspaceId),
    ).toContain(one.workspaceId)
    expect(await find('prod_nowhere')).toMatchObject({
      ...{ kind: 'list', customers: [] },
      remark: 'No one has prod_nowhere now, by our records.',
    })
  })

  test('of a planned change, of a card that is being added or of what is charged next is led to whose it is', async () => {
    const schedule = await stripeClient().subscriptionSchedules.create({
      from_subscription: one.subscription.id,
    })
    const setup = await stripeClient().setupIntents.create({ customer: one.customerId })
    const item = await stripeClient().invoiceItems.create({
      ...{ customer: one.customerId, amount: 100, currency: 'usd' },
    })
    for (const { id } of [schedule, setup, item])
      expect([id, await find(id)]).toEqual([id, there()])
    await stripeClient().subscriptionSchedules.release(schedule.id)
  })

  test('of a planned change that an event reported is led there, also when Stripe has it no longer', async () => {
    const event = { ...anEvent(), objectId: 'sub_sched_gone', customerId: one.customerId }
    await ingestEvent({ ...event, id: eventId(), targetKey: one.customerId })
    expect(await find('sub_sched_gone')).toEqual(there())
  })

  test('of a promotion code gets those who came to checkout with it', async () => {
    const promotionCode = 'promo_spring'
    await db()
      .insert(checkoutIntents)
      .values({ workspaceId: one.workspaceId, tier: SMALL, interval: 'month', promotionCode })
    expect(await find(promotionCode)).toMatchObject({
      ...{ kind: 'list', remark: 'Who came to checkout with promo_spring.' },
      customers: [{ workspaceId: one.workspaceId }],
    })
  })

  test.each(['we_1Abc', 'acct_1Abc', 'bps_1Abc'])(
    'of the kind of %s, of which Stripe cannot be asked whose it is, is told so',
    async (id) => {
      expect(await find(id)).toMatchObject({
        ...{ kind: 'list', customers: [] },
        remark: expect.stringContaining('Stripe cannot be asked whose it is'),
      })
    },
  )

  test('of an event is led to the event', async () => {
    const id = eventId()
    await ingestEvent({ ...anEvent(), id, targetKey: one.customerId, customerId: one.customerId })
    expect(await find(id)).toEqual({ kind: 'event', id })
    expect(await find('evt_nowhere')).toMatchObject({ kind: 'list', customers: [] })
  })

  test('that no one knows is told so', async () => {
    expect(await find('in_nowhere')).toMatchObject({
      ...{ kind: 'list', customers: [] },
      remark: expect.stringContaining('Neither our records nor Stripe'),
    })
    expect(await find('cus_nowhere')).toMatchObject({
      ...{ kind: 'list', customers: [], events: 'cus_nowhere' },
      remark: expect.stringContaining('do not have cus_nowhere'),
    })
  })
})

describe('an operator who knows a person', () => {
  test('is led to them by their address, however it is spelled, and by the ids of ours', async () => {
    const { userId, workspaceId } = await someone({ email: 'rosalind@kings.example' })
    const there = { kind: 'customer', workspaceId }
    for (const asked of ['rosalind@kings.example', 'Rosalind@Kings.example', 'rosalind@', userId])
      expect([asked, await find(asked)]).toEqual([asked, there])
    expect(await find(workspaceId.toUpperCase())).toEqual(there)
  })

  test('finds them by the beginning of any word of the name, and a team by its own', async () => {
    const { userId, workspaceId } = await someone({ name: 'Katherine Coleman Johnson' })
    expect(await find('johns')).toEqual({ kind: 'customer', workspaceId })
    expect(await find('kath cole')).toEqual({ kind: 'customer', workspaceId })
    const team = await aTeam('Langley West Computers', userId)
    expect(await find('langley comp')).toEqual({ kind: 'customer', workspaceId: team })
    // Their address leads to both.
    expect(await find(`${userId}@example.test`)).toMatchObject({
      kind: 'list',
      customers: [{ workspaceId }, { workspaceId: team, name: 'Langley West Computers' }],
    })
  })

  test.each(['%', '_', '\\', "' or 1=1", '!:*&|', '\0', 'ada_palmer', 'x'.repeat(255)])(
    'who types %j gets a list, and no error',
    async (asked) => {
      expect((await find(asked)).kind).toBe('list')
    },
  )
})

test('a customer at Stripe that is no one’s here is said to be so, with the way to its events', async () => {
  await db().insert(customers).values({ id: 'cus_lonely', livemode: false })
  expect(await find('cus_lonely')).toMatchObject({
    kind: 'list',
    remark: expect.stringContaining('belongs to no workspace'),
    events: 'cus_lonely',
  })
})

test('without a question the newest customers are listed', async () => {
  const { workspaceId, customerId } = await oneCustomer()
  const found = await find('  ')
  expect(found).toMatchObject({ kind: 'list', remark: null })
  expect(found.kind === 'list' && found.customers[0]).toMatchObject({ workspaceId, customerId })
  expect(await db().$count(subscriptions)).toBeGreaterThan(0)
})
