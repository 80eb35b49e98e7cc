import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { db, disconnect } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { findPerson } from '@/db/queries/people'
import { sessions, users } from '@/db/schema/auth'
import { outbox } from '@/db/schema/events'
import { authAdapter } from '@/lib/auth/adapter'
import { normalizeEmail } from '@/lib/auth/email-address'
import { openShop, shopper } from '@/lib/checkout/shop.fixture'
import { realClock } from '@/lib/clock'
import { Conflict } from '@/lib/errors'
import { deliverOutbox } from '@/lib/outbox/deliver'
import { deliverDetails } from '@/lib/outbox/deliver-customer-details'
import { stripeClient } from '@/lib/stripe/client'
import type { RunningSandbox } from '@/sandbox/server'
import { buyer, sooner, waitingFor } from './by-hand.fixture'
import { changeDetails } from './change-details'
import { ensureCustomer } from './ensure'

let shop: RunningSandbox
beforeAll(async () => {
  shop = await openShop()
})
afterAll(async () => {
  await disconnect()
  await shop.stop()
})

let me: Awaited<ReturnType<typeof buyer>>
beforeEach(async () => {
  me = await buyer()
})

const address = (name = 'new') => `${name}-${randomUUID()}@example.test`
const deliver = () => deliverDetails(normalizeEmail)

const waiting = () => waitingFor(me.id)

describe('a user who changes address or name', () => {
  it('is followed by their customer at Stripe, once, and both steps are on record without either', async () => {
    const email = address()
    expect(await changeDetails(me.actor, me.userId, { email, name: 'Ana María' })).toBe(true)
    expect((await me.atStripe())?.name).toBe('Ana')
    expect(await deliverOutbox(realClock)).toMatchObject({ followed: 1 })
    expect(await me.atStripe()).toEqual({ email, name: 'Ana María' })
    expect(await deliverOutbox(realClock)).toMatchObject({ followed: 0 })
    const trail = await listAudit(me.id)
    expect(trail).toMatchObject([
      { action: 'customer.create' },
      {
        action: 'user.change_details',
        actor: me.actor,
        after: { userId: me.userId, fields: ['email', 'name'] },
      },
      { action: 'customer.follow_user', after: { workspaceId: me.workspaceId } },
    ])
    expect(JSON.stringify([trail, await db().select().from(outbox)])).not.toContain(email)
  })

  it('is nothing when nothing is different', async () => {
    expect(await changeDetails(me.actor, me.userId, { name: 'Ana' })).toBe(false)
    expect(await waiting()).toEqual([])
  })

  it('and back again is followed each time', async () => {
    for (const name of ['Bea', 'Ana', 'Bea']) {
      await changeDetails(me.actor, me.userId, { name })
      await deliver()
      expect((await me.atStripe())?.name).toBe(name)
    }
    await changeDetails(me.actor, me.userId, { name: null })
    await deliver()
    expect((await me.atStripe())?.name ?? '').toBe('')
  })

  it('several times while Stripe is down is followed to where they are in the end', async () => {
    await shop.stop()
    for (const name of ['One', 'Two', 'Three']) await changeDetails(me.actor, me.userId, { name })
    expect(await deliver()).toBe(0)
    expect(await waiting()).toHaveLength(3)
    shop = await again()
    await sooner()
    await deliver()
    expect(await waiting()).toEqual([])
  })

  it('while an older change is on its way is not left behind it', async () => {
    await changeDetails(me.actor, me.userId, { name: 'Older' })
    const stripe = stripeClient()
    const update = stripe.customers.update.bind(stripe.customers)
    const slow = vi.spyOn(stripe.customers, 'update').mockImplementationOnce(async (...given) => {
      await changeDetails(me.actor, me.userId, { name: 'Newer' })
      return update(...given)
    })
    await deliver()
    slow.mockRestore()
    await sooner()
    await deliver()
    expect((await me.atStripe())?.name).toBe('Newer')
    expect(await waiting()).toEqual([])
  })

  it('at the moment at which their customer is made is followed all the same', async () => {
    const { userId, workspaceId, actor } = await shopper()
    const stripe = stripeClient()
    const update = stripe.customers.update.bind(stripe.customers)
    const slow = vi.spyOn(stripe.customers, 'update').mockImplementationOnce(async (...given) => {
      const updated = await update(...given)
      await changeDetails(actor, userId, { name: 'Quick' })
      return updated
    })
    const id = await ensureCustomer(actor, workspaceId)
    slow.mockRestore()
    await deliver()
    const found = await stripe.customers.retrieve(id)
    expect(found).toMatchObject({ name: 'Quick' })
  })

  it('without ever having bought has no customer to update, and is on record', async () => {
    const { userId, actor } = await shopper()
    await changeDetails(actor, userId, { name: 'No customer' })
    expect((await listAudit(`user:${userId}`)).map(({ action }) => action)).toEqual([
      'user.change_details',
    ])
  })

  it('to an address that another account has is refused, and nothing is changed', async () => {
    const other = await buyer()
    const { email } = (await findPerson(other.userId)) ?? { email: '' }
    await expect(changeDetails(me.actor, me.userId, { email })).rejects.toThrow(Conflict)
    expect(await waiting()).toEqual([])
  })

  it('is signed out everywhere by a new address, which has yet to be proven', async () => {
    const expires = new Date(Date.now() + 60_000)
    await db().insert(sessions).values({ tokenHash: randomUUID(), userId: me.userId, expires })
    await db().update(users).set({ emailVerified: new Date() }).where(eq(users.id, me.userId))
    await changeDetails(me.actor, me.userId, { name: 'Still here' })
    expect(await db().$count(sessions, eq(sessions.userId, me.userId))).toBe(1)
    await changeDetails(me.actor, me.userId, { email: address() })
    expect(await db().$count(sessions, eq(sessions.userId, me.userId))).toBe(0)
    const [user] = await db().select().from(users).where(eq(users.id, me.userId))
    expect(user?.emailVerified).toBeNull()
  })

  it('through sign-in is followed, too', async () => {
    const email = address('Spelled.Otherwise')
    await authAdapter().updateUser?.({ id: me.userId, email })
    await deliver()
    expect((await me.atStripe())?.email).toBe(email.toLowerCase())
  })
})

describe('a change that Stripe refuses for good', () => {
  it('is given up after eight tries, in the trail and without a word of the address', async () => {
    const email = address('refused')
    await changeDetails(me.actor, me.userId, { email })
    const refusing = vi
      .spyOn(stripeClient().customers, 'update')
      .mockRejectedValue(new Error(`Invalid email address: ${email}`))
    for (let tries = 1; tries <= 8; tries += 1) {
      expect(await waiting()).toHaveLength(1)
      await sooner()
      await deliver()
    }
    refusing.mockRestore()
    expect(await waiting()).toEqual([])
    expect(await me.trail()).toContain('customer.refuse_details')
    expect(JSON.stringify(await db().select().from(outbox))).not.toContain(email)
  })

  it('because the customer was deleted is dropped', async () => {
    await changeDetails(me.actor, me.userId, { name: 'Too late' })
    await stripeClient().customers.del(me.id)
    expect(await deliver()).toBe(1)
    expect(await waiting()).toEqual([])
  })
})

// The environment is read once, so Stripe comes back where it was.
async function again(): Promise<RunningSandbox> {
  const { startSandbox } = await import('@/sandbox/server')
  return startSandbox({ port: Number(new URL(shop.url).port), dataDir: null })
}
