import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { listAudit } from '@/db/queries/audit'
import { claimEntries } from '@/db/queries/outbox'
import { findPerson } from '@/db/queries/people'
import { userActor } from '@/lib/audit/actor'
import { normalizeEmail } from '@/lib/auth/email-address'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { deliverDetails } from '@/lib/outbox/deliver-customer-details'
import { stripeClient } from '@/lib/stripe/client'
import { FROM_STRIPE } from '@/lib/sync/details'
import { aTeam } from '@/lib/workspaces/someone.fixture'
import { buyer, sooner, waitingFor } from './by-hand.fixture'
import { changeDetails } from './change-details'
import { followStripe } from './follow-stripe'

// The one setting of the catalog that this is about.
const followed = vi.hoisted(() => ({ email: false, name: false }))
vi.mock('@/lib/catalog/follow-stripe', () => ({ FOLLOW_STRIPE: followed }))

shopForFile()
let me: Awaited<ReturnType<typeof buyer>>
beforeEach(async () => {
  followed.email = false
  followed.name = false
  me = await buyer()
})

const address = () => `new-${randomUUID()}@example.test`
const deliver = () => deliverDetails(normalizeEmail)
const waiting = () => waitingFor(me.id)

describe('a customer who changes their address or name at Stripe', () => {
  const edit = async (details: { email?: string; name?: string }) => {
    await stripeClient().customers.update(me.id, details)
    await me.hear('customer.updated')
    return deliver()
  }

  it('changes nothing here, because the catalog does not say so', async () => {
    const before = await findPerson(me.userId)
    expect(await edit({ email: address(), name: 'At Stripe' })).toBe(0)
    expect(await findPerson(me.userId)).toEqual(before)
  })

  it('is followed in what the catalog says, on record with the event and without what it is', async () => {
    followed.email = true
    const email = address()
    expect(await edit({ email, name: 'At Stripe' })).toBe(1)
    expect(await findPerson(me.userId)).toEqual({ email, name: 'Ana' })
    const said = (await listAudit(me.id)).filter(({ action }) => action.startsWith('user.'))
    expect(said).toMatchObject([
      {
        action: 'user.follow_customer',
        actor: { type: 'stripe' },
        after: { userId: me.userId, fields: ['email'] },
        eventIds: [expect.stringMatching(/^evt_/)],
      },
    ])
    expect(JSON.stringify(said)).not.toContain(email)
    expect(await waiting()).toEqual([])
  })

  it('for a team changes no user’s own address: it is no way to sign in', async () => {
    followed.email = true
    const { userId } = me
    const workspaceId = await aTeam('Lovelace & Co', userId)
    me = await buyer({ userId, workspaceId, actor: userActor(userId, workspaceId) })
    const before = await findPerson(userId)
    expect(await edit({ email: address() })).toBe(1)
    expect(await findPerson(userId)).toEqual(before)
    expect(await waiting()).toEqual([])
  })

  it('while a change made here is on its way there gives way to it', async () => {
    followed.name = true
    await stripeClient().customers.update(me.id, { name: 'At Stripe' })
    await me.hear('customer.updated')
    await changeDetails(me.actor, me.userId, { name: 'Here' })
    // A read at this moment sees the name that ours is about to replace.
    const [heard] = (await claimEntries(FROM_STRIPE, 20)).filter(
      ({ targetKey }) => targetKey === me.id,
    )
    if (!heard) throw new Error('No change was heard of.')
    expect(await followStripe(heard, followed, normalizeEmail)).toBe(false)
    await sooner()
    await deliver()
    await sooner()
    await deliver()
    expect(await waiting()).toEqual([])
    expect(await me.atStripe()).toMatchObject({ name: 'Here' })
    expect(await findPerson(me.userId)).toMatchObject({ name: 'Here' })
  })

  it('does not come back as an echo of what was sent there', async () => {
    followed.email = true
    followed.name = true
    await changeDetails(me.actor, me.userId, { name: 'Once' })
    await deliver()
    await me.hear('customer.updated')
    await deliver()
    expect((await me.trail()).filter((action) => action === 'user.follow_customer')).toEqual([])
  })

  it.each([
    ['taken', async () => (await findPerson((await buyer()).userId))?.email ?? ''],
    ['not_an_address', async () => '"a@b"@example.test'],
    // As scripts/test-database.ts has it in ADMIN_EMAILS: a user who proves it becomes an operator.
    ['an_operators', async () => 'First-Operator@example.test'],
  ])('to an address that is %s is not followed, which is on record', async (reason, give) => {
    followed.email = true
    const before = await findPerson(me.userId)
    await edit({ email: await give() })
    expect(await findPerson(me.userId)).toEqual(before)
    expect(await waiting()).toEqual([])
    expect((await listAudit(me.id)).at(-1)).toMatchObject({
      action: 'user.refuse_details',
      after: { reason },
    })
  })
})
