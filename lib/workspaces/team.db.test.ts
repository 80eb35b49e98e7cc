import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { findCustomer } from '@/db/queries/customers'
import { listRecipients } from '@/db/queries/recipients'
import { entitlements } from '@/db/schema/billing'
import { checkoutIntents } from '@/db/schema/checkout'
import { memberships } from '@/db/schema/workspaces'
import { userActor } from '@/lib/audit/actor'
import { readBilling } from '@/lib/billing/read'
import { PLANS } from '@/lib/catalog/plans'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { shopper } from '@/lib/checkout/shop.fixture'
import { startCheckout } from '@/lib/checkout/start'
import { chargeTo, emailsTo } from '@/lib/outbox/history.fixture'
import { historyForFile } from '@/lib/outbox/history-for-file.fixture'
import { subscriber } from '@/lib/reconcile/subscribers.fixture'
import { stripeClient } from '@/lib/stripe/client'
import { consume } from '@/lib/usage/consume'
import { aTeam, someone } from './someone.fixture'

type Person = Awaited<ReturnType<typeof shopper>>
const { history } = historyForFile()
let ada: Person
let bob: Person
let team: Awaited<ReturnType<typeof aTeam>>

beforeEach(async () => {
  ada = await shopper()
  bob = await shopper()
  team = await aTeam('Lovelace & Co', ada.userId, bob.userId)
})

// A person, where they act for the team.
const forTeam = ({ userId }: Person) => ({
  userId,
  workspaceId: team,
  actor: userActor(userId, team),
})
const join = async (role: 'admin' | 'member') => {
  const person = await shopper()
  await db().insert(memberships).values({ workspaceId: team, userId: person.userId, role })
  return person
}

describe('what a team buys', () => {
  it('is the team’s: its customer says so at Stripe, and no member’s own plan moves', async () => {
    const { customerId } = await subscriber({ by: forTeam(ada) })
    await history.arrive()
    const at = await stripeClient().customers.retrieve(customerId)
    expect(at).toMatchObject({ name: 'Lovelace & Co', metadata: { workspace_id: team } })
    expect(await findCustomer(customerId)).toMatchObject({ workspaceId: team, conflict: null })
    const [made] = await listAudit(customerId)
    expect(made).toMatchObject({
      action: 'customer.create',
      actor: { type: 'user', id: ada.userId, workspaceId: team },
      after: { workspaceId: team },
    })

    expect(await readBilling(team)).toMatchObject({ tier: SMALL, status: 'active' })
    expect(await readBilling(ada.workspaceId)).toMatchObject({ tier: 'free', status: 'none' })
    const own = eq(entitlements.workspaceId, ada.workspaceId)
    expect(await db().$count(entitlements, own)).toBe(0)
  })

  it('is used by the team together, and by no member alone', async () => {
    await subscriber({ by: forTeam(ada) })
    await history.arrive()
    const { monthlyUses } = PLANS[SMALL]
    expect(await consume(team, monthlyUses, 'all')).toMatchObject({ allowed: true })
    expect(await consume(team, 1, 'one')).toMatchObject({ allowed: false, limit: monthlyUses })
    expect(await consume(ada.workspaceId, 1, 'one')).toMatchObject({ allowed: true, used: 1 })
  })

  it('is bought on one page, whichever of them opens it', async () => {
    const choice = { tier: SMALL, interval: 'month' } as const
    const first = await startCheckout(forTeam(ada).actor, choice)
    expect(await startCheckout(forTeam(bob).actor, choice)).toEqual(first)
    const [intent, ...more] = await db()
      .select()
      .from(checkoutIntents)
      .where(eq(checkoutIntents.workspaceId, team))
    expect([intent?.state, more.length]).toEqual(['open', 0])
    // Their own plans are another matter.
    const own = await startCheckout(ada.actor, { tier: GREAT, interval: 'year' })
    expect(own).not.toEqual(first)
  })

  it('is read in the name of the member who looks, for the team', async () => {
    const { customerId } = await subscriber({ by: forTeam(ada) })
    const { actor } = forTeam(bob)
    await readBilling(team, { actor, refresh: 'now' })
    const started = (await listAudit(customerId)).find(
      ({ action }) => action === 'subscription.start',
    )
    expect(started).toMatchObject({ actor })
  })
})

describe('an email about a team’s money', () => {
  it('goes to each owner, and to no other member', async () => {
    const others = [await join('admin'), await join('member')]
    const bought = await subscriber({ by: forTeam(ada) })
    await history.arrive()
    await chargeTo(bought, 'pm_card_chargeCustomerFail')
    await history.later(31, 2)
    const [toAda, toBob] = [await emailsTo(ada), await emailsTo(bob)]
    expect(toAda).toHaveLength(1)
    expect(toBob.map(({ subject, text }) => [subject, text])).toEqual(
      toAda.map(({ subject, text }) => [subject, text]),
    )
    for (const other of others) expect(await emailsTo(other)).toEqual([])
  })

  it('goes to ten of them at most, the longest members', async () => {
    const { customerId } = await subscriber({ by: forTeam(ada) })
    for (let n = 0; n < 10; n += 1) {
      const { userId } = await someone()
      await db().insert(memberships).values({ workspaceId: team, userId, role: 'owner' })
    }
    const readers = await listRecipients(customerId)
    expect(readers).toHaveLength(10)
    expect(readers.slice(0, 2).map(({ userId }) => userId)).toEqual([ada.userId, bob.userId])
  })
})

it('Stripe knows a team by its first owner’s address', async () => {
  const { customerId } = await subscriber({ by: forTeam(bob) })
  const found = await stripeClient().customers.retrieve(customerId)
  expect(found).toMatchObject({ name: 'Lovelace & Co', email: `${ada.userId}@example.test` })
})
