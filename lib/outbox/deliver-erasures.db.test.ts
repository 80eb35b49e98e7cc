import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { db } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { sessions, users } from '@/db/schema/auth'
import { outbox } from '@/db/schema/events'
import { shopper } from '@/lib/checkout/shop.fixture'
import { sooner } from '@/lib/customers/by-hand.fixture'
import { type Subscriber, subscriber } from '@/lib/reconcile/subscribers.fixture'
import { requestErasure } from '@/lib/retention/request-erasure'
import { stripeClient } from '@/lib/stripe/client'
import { aTeam } from '@/lib/workspaces/someone.fixture'
import { deliverErasures } from './deliver-erasures'
import { historyForFile } from './history-for-file.fixture'

const { history } = historyForFile()
let me: Subscriber

beforeEach(async () => {
  me = await subscriber()
  await history.arrive()
})

const emailOf = ({ userId }: { userId: string }) => `${userId}@example.test`
const isThere = async () => (await db().$count(users, eq(users.id, me.userId))) === 1
const atStripe = async () => (await stripeClient().subscriptions.retrieve(me.subscriptionId)).status
const refusal = (run: Promise<unknown>) =>
  run.then(
    () => null,
    (error: { reason?: string }) => error.reason,
  )

describe('who deletes their account', () => {
  it('is signed out everywhere at once; then the plan ends at Stripe, and they are gone', async () => {
    const expires = new Date(Date.now() + 60_000)
    await db().insert(sessions).values({ tokenHash: randomUUID(), userId: me.userId, expires })
    await requestErasure(me.actor, emailOf(me))
    expect(await db().$count(sessions, eq(sessions.userId, me.userId))).toBe(0)
    expect(await isThere()).toBe(true)
    expect(await deliverErasures()).toBe(1)
    expect(await isThere()).toBe(false)
    expect(await atStripe()).toBe('canceled')
    const customer = await stripeClient().customers.retrieve(me.customerId)
    expect(customer).toMatchObject({ email: null })
    // What happened stays, under ids that lead to no one.
    const trail = await listAudit(me.customerId)
    expect(trail.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['subscription.start', 'person.request_erasure', 'person.erase']),
    )
    expect(JSON.stringify(trail)).not.toContain('@example.test')
  })

  it('gets one last email, of which nothing is kept', async () => {
    await requestErasure(me.actor, emailOf(me))
    expect(await deliverErasures()).toBe(1)
    const key = `mail:account_deleted:${me.userId}`
    const [mail] = await db().select().from(outbox).where(eq(outbox.key, key))
    expect(mail?.deliveredAt).toBeInstanceOf(Date)
    expect(JSON.stringify(mail?.payload)).not.toContain(emailOf(me))
  })

  it('twice is deleted once', async () => {
    await Promise.all([1, 2].map(() => requestErasure(me.actor, emailOf(me))))
    expect(await deliverErasures()).toBe(1)
    const asked = (await listAudit(me.customerId)).filter(
      ({ action }) => action === 'person.request_erasure',
    )
    expect(asked).toHaveLength(1)
  })

  it('while Stripe is away is deleted when it is back, and until then nothing is half done', async () => {
    await requestErasure(me.actor, emailOf(me))
    const down = vi.spyOn(stripeClient().subscriptions, 'list').mockImplementation(() => {
      throw new Error('away')
    })
    expect(await deliverErasures()).toBe(0)
    expect(await isThere()).toBe(true)
    down.mockRestore()
    await sooner()
    expect(await deliverErasures()).toBe(1)
    expect(await isThere()).toBe(false)
  })

  it('and buys again before it is done pays for nothing: that ends, too', async () => {
    await requestErasure(me.actor, emailOf(me))
    const first = await stripeClient().subscriptions.retrieve(me.subscriptionId)
    const second = await stripeClient().subscriptions.create({
      customer: me.customerId,
      items: [{ price: first.items.data[0]?.price.id ?? '' }],
      default_payment_method: String(first.default_payment_method),
    })
    expect(await deliverErasures()).toBe(1)
    expect((await stripeClient().subscriptions.retrieve(second.id)).status).toBe('canceled')
  })

  it('without ever having bought is gone as well', async () => {
    const { userId, actor } = await shopper()
    await requestErasure(actor, emailOf({ userId }))
    await deliverErasures()
    expect(await db().$count(users, eq(users.id, userId))).toBe(0)
  })

  it('is not deleted by another address than their own', async () => {
    expect(await refusal(requestErasure(me.actor, emailOf(await subscriber())))).toBe('other_email')
    expect(await db().$count(outbox, eq(outbox.key, `person.erase:${me.userId}`))).toBe(0)
  })

  it('leaves no team without an owner', async () => {
    await aTeam('Engines', me.userId)
    expect(await refusal(requestErasure(me.actor, emailOf(me)))).toBe('team_without_owner')
  })
})
