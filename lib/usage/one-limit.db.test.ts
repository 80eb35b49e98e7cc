import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { db, disconnect } from '@/db/client'
import type { EntitlementRow, OverrideRow } from '@/db/queries/claim'
import { entitlementOverrides, entitlements } from '@/db/schema/billing'
import { usageCounters } from '@/db/schema/usage'
import { readBilling } from '@/lib/billing/read'
import { FREE, PLANS, TIERS } from '@/lib/catalog/plans'
import { GREAT, SMALL } from '@/lib/catalog/tiers.fixture'
import { entitlements as entitlementsOf } from '@/lib/entitlements/read'
import type { WorkspaceId } from '@/lib/ids'
import { oneCustomer } from '@/lib/sync/one-customer.fixture'
import { entitlement, override } from '@/lib/sync/rows.fixture'
import { consume } from './consume'

// Whatever the records say, there is one limit: the one that pages show is the one that uses count against.

const [BEFORE, AFTER] = [hours(-1), hours(24)]

// Drizzle takes no object without a prototype.
const WHOLE = { noNullPrototype: true }

let workspaceId: WorkspaceId
beforeEach(async () => {
  workspaceId = (await oneCustomer()).workspaceId
})
afterAll(disconnect)

/** What stands in the records, in place of what did. */
async function stands(row: Partial<EntitlementRow>, overrides: Partial<OverrideRow>[] = []) {
  await db().delete(entitlements).where(eq(entitlements.workspaceId, workspaceId))
  await db().delete(entitlementOverrides).where(eq(entitlementOverrides.workspaceId, workspaceId))
  await db()
    .insert(entitlements)
    .values(entitlement({ validUntil: AFTER, ...row, workspaceId }))
  for (const one of overrides)
    await db()
      .insert(entitlementOverrides)
      .values(override({ ...one, workspaceId }))
}

let uses = 0

/** The limit of the next use, which is also the page's and the product's. */
async function limit(): Promise<number> {
  await db().delete(usageCounters).where(eq(usageCounters.workspaceId, workspaceId))
  const { limits } = await entitlementsOf(workspaceId)
  const page = (await readBilling(workspaceId)).usage
  uses += 1
  const counted = await consume(workspaceId, 1, `use-${uses}`)
  expect(counted).toMatchObject({ limit: page.limit, resetsAt: page.resetsAt })
  expect(limits.monthlyUses).toBe(counted.limit)
  return counted.limit
}

it('a deploy that changes what a plan gives is counted by at once, before anything is read again', async () => {
  await stands({ tier: SMALL, earnedTier: SMALL, limits: { monthlyUses: 7 } })
  expect(await limit()).toBe(PLANS[SMALL].monthlyUses)
})

it('a plan that the catalog does not have any more leaves what is free', async () => {
  await stands({ tier: 'gold', earnedTier: 'gold', limits: { monthlyUses: 9_000 } })
  expect(await limit()).toBe(FREE.monthlyUses)
})

it('what an operator decided holds from its commit to its end, whatever was worked out before', async () => {
  const own = { kind: 'limit', name: 'monthlyUses', tier: null, amount: 77 } as const
  await stands({ limits: { monthlyUses: 5 } }, [{ ...own, expiresAt: AFTER }])
  expect(await limit()).toBe(77)
  await stands({ limits: { monthlyUses: 77 } }, [{ ...own, expiresAt: BEFORE }])
  expect(await limit()).toBe(PLANS[SMALL].monthlyUses)
  const revoked = { ...own, expiresAt: AFTER, revokedAt: BEFORE }
  await stands({ limits: { monthlyUses: 77 } }, [revoked])
  expect(await limit()).toBe(PLANS[SMALL].monthlyUses)
  await stands({ validUntil: BEFORE }, [{ ...own, expiresAt: AFTER }])
  expect(await limit()).toBe(77)
})

it('is one limit for any records: of any plan, run out or not, with any decision of an operator', async () => {
  const end = fc.constantFrom(BEFORE, AFTER)
  const amount = fc.constantFrom(1, 3, 8_000)
  const kinds = fc.oneof(
    amount.map((amount) => ({ kind: 'limit', name: 'monthlyUses', tier: null, amount }) as const),
    fc.constantFrom(SMALL, GREAT).map((tier) => ({ kind: 'plan', name: '', tier }) as const),
    fc.constant({ kind: 'plan', name: '', tier: null, effect: 'withhold' } as const),
  )
  const decision = fc
    .tuple(kinds, end, fc.option(fc.constant(BEFORE)))
    .map(([what, expiresAt, revokedAt]) => ({ ...what, expiresAt, revokedAt }))
  const records = fc.record(
    {
      row: fc.record(
        {
          tier: fc.constantFrom(...TIERS, 'gold'),
          earnedTier: fc.constantFrom(...TIERS, 'gold'),
          access: fc.constantFrom('full', 'grace', 'none'),
          limits: fc.record({ monthlyUses: amount }, WHOLE),
          validUntil: fc.option(end),
        },
        WHOLE,
      ),
      overrides: fc.uniqueArray(decision, { selector: ({ kind }) => kind, maxLength: 2 }),
    },
    WHOLE,
  )
  for (const { row, overrides } of fc.sample(records, 60)) {
    await stands(row, overrides)
    await limit()
  }
}, 60_000)

function hours(n: number): Date {
  return new Date(Math.floor(Date.now() / 1000) * 1000 + n * 3_600_000)
}
