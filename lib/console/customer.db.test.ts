import { eq } from 'drizzle-orm'
import { describe, expect, test, vi } from 'vitest'
import { db } from '@/db/client'
import { ingestEvent } from '@/db/queries/ledger'
import { syncTargets } from '@/db/schema/events'
import { BRAND } from '@/lib/brand'
import { FEATURES } from '@/lib/catalog/features'
import { priceForTier } from '@/lib/catalog/price-for-tier'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { ensureCustomer } from '@/lib/customers/ensure'
import { env } from '@/lib/env'
import { enqueueMail } from '@/lib/mail/enqueue'
import { renderEmail } from '@/lib/mail/render'
import { grantPlan } from '@/lib/overrides/granted.fixture'
import { limitRate } from '@/lib/redis/rate-limit'
import { readsPerMinute } from '@/lib/redis/reads-per-minute'
import { stripeClient } from '@/lib/stripe/client'
import { anEvent, eventId } from '@/lib/sync/one-customer.fixture'
import { productionPorts } from '@/lib/sync/production-ports'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { aTeam, newWorkspaceId, someone } from '@/lib/workspaces/someone.fixture'
import { readAtStripe } from './at-stripe'
import { readCustomerFile } from './customer'
import { readTimeline } from './read-timeline'

const OPERATOR = { id: 'f0000000-0000-4000-8000-000000000002' }

const shop = shopForFile()

async function buyer() {
  const { userId, workspaceId, actor } = await someone({ name: 'Mary' })
  const customerId = await ensureCustomer(actor, workspaceId)
  const card = await stripeClient().paymentMethods.attach('pm_card_visa', { customer: customerId })
  const { id } = await stripeClient().subscriptions.create({
    customer: customerId,
    items: [{ price: await priceForTier(SMALL, 'month') }],
    default_payment_method: card.id,
    metadata: { app: BRAND.stripe.app, env: 'test' },
  })
  await syncCustomer(productionPorts(), customerId, actor)
  const file = async () => (await readCustomerFile(workspaceId)) ?? expect.unreachable()
  const stripe = async () => {
    const answer = await readAtStripe(customerId, (await file()).subscriptions, OPERATOR)
    return answer.kind === 'shown' ? answer : expect.unreachable(answer.kind)
  }
  return { userId, workspaceId, customerId, actor, cardId: card.id, id, file, stripe }
}

describe('the page of a customer', () => {
  test('shows ours beside what Stripe says, and nothing differs after a sync', async () => {
    const { id, file, stripe } = await buyer()
    const { compared, invoices, gone } = await stripe()
    expect(compared).toMatchObject([{ id, differs: false }])
    expect(compared[0]?.fields).toContainEqual(
      expect.objectContaining({ label: 'Status', ours: 'active', stripe: 'active' }),
    )
    expect(invoices).toMatchObject([{ status: 'paid' }])
    expect(gone).toBeNull()
    expect(await file()).toMatchObject({ billing: { status: 'active', tier: SMALL } })
  })

  test('marks what differs, field by field, and writes nothing', async () => {
    const { id, file, stripe } = await buyer()
    await stripeClient().subscriptions.update(id, { cancel_at_period_end: true })
    const before = await file()
    const { compared } = await stripe()
    const differing = compared[0]?.fields.filter(({ differs }) => differs)
    expect(differing).toMatchObject([{ label: 'Will end', ours: '–' }])
    expect(await file()).toEqual({ ...before, now: expect.any(Date) })
  })

  test('shows a subscription that only Stripe has', async () => {
    const { customerId, cardId, id, stripe } = await buyer()
    const other = await stripeClient().subscriptions.create({
      customer: customerId,
      items: [{ price: await priceForTier(SMALL, 'year') }],
      default_payment_method: cardId,
      metadata: { app: BRAND.stripe.app, env: 'test' },
    })
    const { compared } = await stripe()
    const found = compared.find((each) => each.id === other.id)
    expect(found).toMatchObject({ differs: true })
    expect(found?.fields.every(({ ours }) => ours === null)).toBe(true)
    expect(compared.find((each) => each.id === id)).toMatchObject({ differs: false })
  })

  test('holds only the subscriptions of the customer that lives beside Stripe, and lists those they had', async () => {
    const { workspaceId, customerId, id, actor, file } = await buyer()
    await stripeClient().customers.del(customerId)
    const type = 'customer.deleted'
    await ingestEvent({
      ...anEvent(),
      ...{ id: eventId(), type, targetKey: customerId, customerId },
    })
    await db().update(syncTargets).set({ leaseUntil: null }).where(eq(syncTargets.key, customerId))
    await syncCustomer(productionPorts(), customerId, actor)
    const next = await ensureCustomer(actor, workspaceId)
    expect(next).not.toBe(customerId)
    const { subscriptions, formerSubscriptions, duplicates } = await file()
    expect(subscriptions).toEqual([])
    expect(formerSubscriptions).toMatchObject([{ id, customerId }])
    expect(duplicates).toEqual([])
    expect(await readAtStripe(next, subscriptions, OPERATOR)).toMatchObject({
      ...{ kind: 'shown', compared: [], gone: null },
    })
  })

  test('counts each of its questions to Stripe among all reads', async () => {
    const { stripe } = await buyer()
    const counted = async () => {
      // So many that none with a read in it drops out while this runs.
      const given = { minutes: 15, now: Date.now() }
      const minutes = await readsPerMinute(env().databaseFingerprint, given)
      return (minutes ?? expect.unreachable()).reduce((sum, { reads }) => sum + reads, 0)
    }
    const grownBy = async () => {
      const before = await counted()
      await stripe()
      const more = async () => (await counted()) - before || null
      return vi.waitUntil(more, { timeout: 500 }).catch(() => 0)
    }
    // The customer, their subscriptions and their invoices. A second that is full already counts no more.
    await expect.poll(grownBy, { timeout: 10_000 }).toBe(3)
  })

  test('says that Stripe is away, and shows ours', async () => {
    const { customerId, file } = await buyer()
    const { subscriptions } = await file()
    await limit(100)
    expect(await readAtStripe(customerId, subscriptions, OPERATOR)).toEqual({ kind: 'away' })
    await limit(0)
  })

  test('has Stripe read as often as one person may, and then says when to come back', async () => {
    const { customerId, file } = await buyer()
    const { subscriptions } = await file()
    const hasty = { id: newWorkspaceId() as string }
    const rule = {
      name: 'stripe.person',
      limit: 60,
      windowSeconds: 60,
      whenDown: 'refuse',
    } as const
    for (let n = 0; n < 60; n += 1) await limitRate({ ...rule, key: hasty.id })
    expect(await readAtStripe(customerId, subscriptions, hasty)).toMatchObject({
      kind: 'paced',
      retryAfterSeconds: expect.any(Number),
    })
  })

  test('says for each feature whether they may use it, and why', async () => {
    const { workspaceId, file } = await buyer()
    const { decisions } = await file()
    expect(decisions.map(({ feature }) => feature)).toEqual(Object.keys(FEATURES))
    for (const { decision } of decisions) expect(decision.sentence).toMatch(/\.$/)
    await grantPlan(workspaceId, GREAT)
    const given = await file()
    expect(given.decisions.every(({ decision }) => decision.allowed)).toBe(true)
    expect(given.overrides).toMatchObject([{ inForce: true, effect: 'grant' }])
  })

  test('shows an email that was written to them, and none that signs in', async () => {
    const { customerId, file } = await buyer()
    const link = { label: 'Pay', url: 'https://pay.example.test/secret' }
    const mail = renderEmail({ to: 'm@example.test', subject: 'Due', paragraphs: ['Pay.'], link })
    await enqueueMail(db(), `mail:notification:${customerId}`, mail, customerId)
    await enqueueMail(db(), `sign-in:${customerId}`, { ...mail, subject: 'Sign in' })
    const { mails } = await file()
    expect(mails).toMatchObject([{ mail: { subject: 'Due' }, deliveredAt: null }])
  })

  test('of a team is of the team alone', async () => {
    const { userId } = await buyer()
    const team = await aTeam('Computers', userId)
    expect(await readCustomerFile(team)).toMatchObject({
      ...{ customerId: null, subscriptions: [], mails: [] },
      members: [{ userId, role: 'owner' }],
    })
  })

  test('is not there for a workspace that is not', async () => {
    expect(await readCustomerFile(newWorkspaceId())).toBeNull()
  })
})

describe('the timeline of a customer', () => {
  test('shows a purchase as one act, with all that Stripe reported of it', async () => {
    const { userId, workspaceId, customerId } = await buyer()
    for (const type of ['checkout.session.completed', 'invoice.paid', 'payment_method.attached'])
      await ingestEvent({
        ...anEvent(),
        ...{ id: eventId(), type, targetKey: customerId, customerId },
      })
    const { acts, older } = await readTimeline(
      { workspaceId, customerIds: [customerId], userIds: [userId] },
      { before: null, topic: null },
    )
    expect(acts).toHaveLength(1)
    expect(acts[0]?.headline.sentence).toMatch(/started\.$/)
    expect(acts[0]?.more.map(({ sentence }) => sentence)).toContain('Became a customer at Stripe.')
    expect(acts[0]?.events).toHaveLength(3)
    expect(older).toBeNull()
  })

  test('leaves out what is of another topic', async () => {
    const { userId, workspaceId, customerId } = await buyer()
    const of = { workspaceId, customerIds: [customerId], userIds: [userId] }
    const money = await readTimeline(of, { before: null, topic: 'money' })
    expect(money.acts).toEqual([])
    const plan = await readTimeline(of, { before: null, topic: 'plan' })
    expect(plan.acts).toHaveLength(1)
  })
})

/** Has Stripe answer so many of the next requests with 429. */
async function limit(requests: number): Promise<void> {
  await fetch(`${shop.url}/_sandbox/chaos`, {
    method: 'POST',
    body: JSON.stringify({ rate_limit: requests }),
  })
}
