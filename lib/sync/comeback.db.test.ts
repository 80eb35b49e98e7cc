import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, expect, it } from 'vitest'
import { db, disconnect } from '@/db/client'
import { listAudit } from '@/db/queries/audit'
import { customers } from '@/db/schema/billing'
import { syncTargets } from '@/db/schema/events'
import { drainTarget } from './drain-target'
import { claimed, oneCustomer } from './one-customer.fixture'
import { runClaim } from './run-claim'

const actor = { type: 'system', job: 'test' } as const

afterAll(disconnect)

// breakage: a deleted customer's user gets another one while the old one is being read | the plan is right after the next read of the new one; the trail says only what happened
it('a read that began before its workspace had another customer writes nothing, and has both looked at', async () => {
  const one = await oneCustomer()
  one.stripe.show(one.snapshot())
  await drainTarget(one.ports, claimed((await one.ingest()).claim), actor)
  const trail = await listAudit(one.customerId)

  const { claim } = await one.ingest()
  const other = `cus_${randomUUID().replaceAll('-', '')}` as const
  one.stripe.show(one.snapshot({ status: 'canceled', endedAt: new Date() }))
  one.stripe.during(async () => {
    await db()
      .update(customers)
      .set({ deletedAt: new Date() })
      .where(eq(customers.id, one.customerId))
    await db()
      .insert(customers)
      .values({ id: other, workspaceId: one.workspaceId, livemode: false })
  })
  expect(await runClaim(one.ports, { ...claimed(claim), waitMs: 0 }, actor)).toMatchObject({
    applied: false,
  })
  expect(await listAudit(one.customerId)).toEqual(trail)
  const [own, theirs] = await Promise.all(
    [one.customerId, other].map(async (key) => {
      const [row] = await db().select().from(syncTargets).where(eq(syncTargets.key, key))
      return row
    }),
  )
  for (const target of [own, theirs]) {
    expect(target?.dirtySeq).toBeGreaterThan(target?.syncedSeq ?? 0)
    expect(target?.leaseUntil).toBeNull()
  }
})
