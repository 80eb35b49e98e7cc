import { eq } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { db, disconnect } from '@/db/client'
import { customers, entitlements } from '@/db/schema/billing'
import { GREAT } from '@/lib/catalog/tiers.fixture'
import { claimed, oneCustomer } from '@/lib/sync/one-customer.fixture'
import { runClaim } from '@/lib/sync/run-claim'
import { syncCustomer } from '@/lib/sync/sync-customer'
import { grantOverride } from './grant'
import { revokeOverride } from './revoke'
import { withholdOverride } from './withhold'

const OPS = { type: 'system', job: 'grant by ops' } as const
const WHY = { reason: 'Conference speaker' }
const UNTIL = { until: new Date(Date.now() + 30 * 86_400_000), ...WHY }
const PLAN = { kind: 'plan', tier: GREAT } as const

let one: Awaited<ReturnType<typeof oneCustomer>>
beforeEach(async () => {
  one = await oneCustomer()
  one.stripe.show(one.snapshot())
  await syncCustomer(one.ports, one.customerId, OPS)
})
afterAll(disconnect)

const DECISIONS = {
  granted: () => grantOverride(OPS, one.workspaceId, PLAN, UNTIL),
  withheld: () => withholdOverride(OPS, one.workspaceId, { kind: 'plan' }, UNTIL),
  revoked: () => revokeOverride(OPS, one.workspaceId, PLAN, WHY),
}

describe('a decision about a workspace whose only customer was deleted', () => {
  it.each(['granted', 'withheld', 'revoked'] as const)(
    'is not lost to a read that had begun before it was %s, and that customer is read again',
    async (decided) => {
      if (decided === 'revoked') await DECISIONS.granted()
      const gone = { deletedAt: new Date() }
      await db().update(customers).set(gone).where(eq(customers.id, one.customerId))
      const { claim } = await one.ports.ledger.claimTarget(one.customerId, { mark: true })
      await DECISIONS[decided]()
      const stands = await one.entitlement()
      const late = await runClaim(one.ports, claimed(claim), OPS)
      expect(late).toMatchObject({ applied: false })
      expect(await one.entitlement()).toEqual(stands)
      const target = await one.target()
      expect(target?.dirtySeq).toBeGreaterThan(target?.syncedSeq ?? 0)
    },
  )
})

describe('the commit of a read', () => {
  it('answers the fence that it wrote, also when another customer of the workspace wrote since the claim', async () => {
    const { claim } = await one.ports.ledger.claimTarget(one.customerId, { mark: true })
    await db()
      .update(entitlements)
      .set({ fence: 50 })
      .where(eq(entitlements.workspaceId, one.workspaceId))
    const { applySync } = one.ports.ledger
    let fence: unknown
    one.ports.ledger.applySync = async (...given) => {
      const answer = await applySync(...given)
      fence = answer.fence
      return answer
    }
    one.stripe.show({ ...one.snapshot(), status: 'canceled', endedAt: new Date() })
    await runClaim(one.ports, claimed(claim), OPS)
    expect(fence).toBe(51)
    expect(await one.entitlement()).toMatchObject({ fence: 51 })
  })
})
