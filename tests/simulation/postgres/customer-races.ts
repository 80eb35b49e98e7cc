import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { applySync, claimTarget } from '@/db/queries/ledger'
import { customers, entitlements } from '@/db/schema/billing'
import { syncTargets } from '@/db/schema/events'
import type { WorkspaceId } from '@/lib/ids'
import { NO_CHANGE } from '@/lib/sync/no-change'
import { claimed, oneCustomer } from '@/lib/sync/one-customer.fixture'
import { entitlement as anEntitlement, seenCustomer } from '@/lib/sync/rows.fixture'
import { type Race, several } from './race'

/** What can happen between two customers of one workspace, or between a customer and the erasure of its user. */
export const CUSTOMER_RACES: readonly Race[] = [
  {
    so: 'a read that began before the comeback does not take the new customer’s plan',
    in: 'apply_sync',
    from: /is_superseded\(p_key\) AND NOT/,
    to: 'false AND NOT',
    async run() {
      const one = await oneCustomer()
      const claim = claimed((await one.ingest()).claim)
      await db()
        .update(customers)
        .set({ deletedAt: new Date() })
        .where(eq(customers.id, one.customerId))
      const id = `cus_${randomUUID().replaceAll('-', '')}` as const
      await db().insert(customers).values({ id, workspaceId: one.workspaceId, livemode: false })
      const {
        fence: _,
        computedAt: __,
        ...free
      } = anEntitlement({ workspaceId: one.workspaceId, tier: 'free' })
      await applySync(
        claim,
        { ...NO_CHANGE, entitlement: free },
        { keepLease: false, countAttempt: true },
      )
      const mine = eq(entitlements.workspaceId, one.workspaceId)
      return several('entitlements', await db().$count(entitlements, mine), 0)
    },
  },
  {
    so: 'a customer that turns up is not given to a workspace that has another',
    in: 'settle_customer',
    from: /EXCEPTION WHEN unique_violation THEN[\s\S]*?v_new\.workspace_id := NULL;/,
    to: '',
    async run() {
      const one = await oneCustomer()
      const id = newId()
      const { claim } = await claimTarget(id, { mark: true })
      const customer = seenCustomer({ id, claimedWorkspaceId: one.workspaceId })
      await applySync(claimed(claim), { ...NO_CHANGE, customer }, ONCE)
      return several('customers', await customersOf(one.workspaceId), 1)
    },
  },
  {
    so: 'a read that began before its user was erased gives no workspace anything',
    in: 'apply_sync',
    from: /workspace_id IS DISTINCT FROM v_known/,
    to: 'false',
    async run() {
      const one = await oneCustomer()
      const claim = claimed((await one.ingest()).claim)
      const own = eq(customers.id, one.customerId)
      await db().update(customers).set({ workspaceId: null }).where(own)
      const { fence: _, computedAt: __, ...pro } = anEntitlement({ workspaceId: one.workspaceId })
      await applySync(claim, { ...NO_CHANGE, entitlement: pro }, ONCE)
      const mine = eq(entitlements.workspaceId, one.workspaceId)
      return several('entitlements', await db().$count(entitlements, mine), 0)
    },
  },
  {
    so: 'what names a workspace is looked at again when that workspace’s customer is gone',
    in: 'rivals_of',
    from: /o\.conflict IS NOT NULL/,
    to: 'false',
    async run() {
      const one = await oneCustomer()
      const id = newId()
      const rival = { id, livemode: false, claimedWorkspaceId: one.workspaceId } as const
      await db()
        .insert(customers)
        .values({ ...rival, conflict: 'workspace_has_another' })
      const claim = claimed((await one.ingest()).claim)
      const customer = seenCustomer({ id: one.customerId, deletedAt: new Date() })
      await applySync(claim, { ...NO_CHANGE, customer }, ONCE)
      return several('targets', await db().$count(syncTargets, eq(syncTargets.key, id)), 1)
    },
  },
  {
    so: 'a customer that was given up is not revived by a read that began before',
    in: 'settle_customer',
    from: /coalesce\(v_old\.deleted_at, \(p_seen->>'deleted_at'\)::timestamptz\)/,
    to: "(p_seen->>'deleted_at')::timestamptz",
    async run() {
      const one = await oneCustomer()
      const claim = claimed((await one.ingest()).claim)
      const own = eq(customers.id, one.customerId)
      await db().update(customers).set({ deletedAt: new Date() }).where(own)
      const customer = seenCustomer({ id: one.customerId, missing: true })
      await applySync(claim, { ...NO_CHANGE, customer }, ONCE)
      const [row] = await db().select().from(customers).where(own)
      return row?.deletedAt ? null : 'It lives again.'
    },
  },
]

const ONCE = { keepLease: false, countAttempt: true }

function newId() {
  return `cus_${randomUUID().replaceAll('-', '')}` as const
}

function customersOf(workspaceId: WorkspaceId): Promise<number> {
  return db().$count(customers, eq(customers.workspaceId, workspaceId))
}
