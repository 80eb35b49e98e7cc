import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { findCustomer } from '@/db/queries/customers'
import { findSubject } from '@/db/queries/erase'
import { findWorkspace } from '@/db/queries/workspaces'
import { apiKeys } from '@/db/schema/api-keys'
import { entitlements } from '@/db/schema/billing'
import { checkoutIntents } from '@/db/schema/checkout'
import { usageCounters, usageEvents } from '@/db/schema/usage'
import { memberships } from '@/db/schema/workspaces'
import { SMALL } from '@/lib/catalog/tiers.fixture'
import { shopForFile } from '@/lib/checkout/shop-for-file.fixture'
import { startCheckout } from '@/lib/checkout/start'
import { buyer } from '@/lib/customers/by-hand.fixture'
import { consume } from '@/lib/usage/consume'
import { aTeam, someone } from '@/lib/workspaces/someone.fixture'
import { erasePerson } from './erase-person'

const JOB = { type: 'system', job: 'person.erase by root' } as const
const WHY = { reason: 'On request.', atStripe: 'delete' } as const

shopForFile()
let me: Awaited<ReturnType<typeof buyer>>
beforeEach(async () => {
  me = await buyer()
})

const erase = async () => {
  const subject = await findSubject({ userId: me.userId })
  if (!subject) throw new Error('There is no person to erase.')
  return erasePerson(JOB, subject, WHY)
}
const OWN = [entitlements, usageCounters, usageEvents, checkoutIntents, apiKeys]
const rowsOf = () =>
  Promise.all(OWN.map((table) => db().$count(table, eq(table.workspaceId, me.workspaceId))))

describe('a person who is erased', () => {
  it('takes their own workspace along, with access, usage and intentions, and leaves its customer without a workspace', async () => {
    await me.hear()
    await consume(me.workspaceId, 1, 'one')
    await startCheckout(me.actor, { tier: SMALL, interval: 'month' })
    const kept = { name: 'Export', mode: 'test', hash: me.workspaceId, lastFour: 'abcd' } as const
    await db()
      .insert(apiKeys)
      .values({ ...kept, workspaceId: me.workspaceId, createdBy: me.userId })
    expect(await rowsOf()).toEqual([1, 1, 1, 1, 1])

    await erase()
    expect(await findWorkspace(me.workspaceId)).toBeNull()
    expect(await rowsOf()).toEqual([0, 0, 0, 0, 0])
    expect(await findCustomer(me.id)).toMatchObject({
      workspaceId: null,
      claimedWorkspaceId: null,
      erasedAt: expect.any(Date),
    })
    expect(await me.trail()).toContain('person.erase')
  })

  it('leaves a team that has another owner as it is, without them', async () => {
    const other = await someone()
    const team = await aTeam('Two of us', me.userId, other.userId)
    await erase()
    expect(await findWorkspace(team)).toMatchObject({ kind: 'team', name: 'Two of us' })
    const members = await db().select().from(memberships).where(eq(memberships.workspaceId, team))
    expect(members).toMatchObject([{ userId: other.userId }])
  })

  it('would leave a team without an owner is refused, with the team, and nothing is touched', async () => {
    const team = await aTeam('Mine alone', me.userId)
    await expect(erase()).rejects.toThrow(team)
    expect(await findWorkspace(me.workspaceId)).toMatchObject({ kind: 'personal' })
    expect(await me.atStripe()).not.toBeNull()
  })
})
