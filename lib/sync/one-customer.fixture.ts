import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import {
  applySync,
  claimDue,
  claimTarget,
  failTarget,
  ingestEvent,
  type NewEvent,
} from '@/db/queries/ledger'
import { listSubscribers } from '@/db/queries/subscribers'
import { customers, entitlements } from '@/db/schema/billing'
import { syncTargets } from '@/db/schema/events'
import type { CustomerId, EventId } from '@/lib/ids'
import { someone } from '@/lib/workspaces/someone.fixture'
import type { SyncPorts } from './ports'
import { scriptedStripe, snapshotOf } from './scripted-stripe.fixture'

/** One customer of its own in the real database, under a Stripe that the test scripts. */
export async function oneCustomer() {
  const { userId, workspaceId } = await someone()
  const tail = workspaceId.replaceAll('-', '')
  const customerId: CustomerId = `cus_${tail}`
  await db().insert(customers).values({ id: customerId, workspaceId, livemode: false })
  const stripe = scriptedStripe()
  return {
    userId,
    workspaceId,
    customerId,
    stripe,
    ports: portsOver(stripe),
    /** The same, where every charge is of this customer. */
    portsWithCharge: (customerId: CustomerId) =>
      portsOver({
        ...stripe,
        retrieveCharge: async (id) => ({ id, customerId, metadata: { app: null, env: null } }),
      }),
    /** The same, where the price that is asked for is worth this tier. */
    portsWithPrice: (id: string, metadataTier: string) =>
      portsOver({
        ...stripe,
        listPricesOf: async () => [
          { id, lookupKey: null, metadataTier, productMetadataTier: null },
        ],
      }),
    snapshot: (given: Parameters<typeof snapshotOf>[0] = {}) =>
      snapshotOf({ id: `sub_${tail}`, customerId, ...given }),
    ingest: (given: Partial<NewEvent> = {}) =>
      ingestEvent({ ...anEvent(), targetKey: customerId, customerId, ...given }),
    async entitlement() {
      const [row] = await db()
        .select()
        .from(entitlements)
        .where(eq(entitlements.workspaceId, workspaceId))
      return row
    },
    async target() {
      const [row] = await db().select().from(syncTargets).where(eq(syncTargets.key, customerId))
      return row
    },
    setTarget: (set: Partial<typeof syncTargets.$inferInsert>) =>
      db().update(syncTargets).set(set).where(eq(syncTargets.key, customerId)),
  }
}

function portsOver(stripe: SyncPorts['stripe']): SyncPorts {
  return {
    ledger: { claimTarget, claimDue, applySync, failTarget, listSubscribers },
    stripe,
    pace: async () => {},
    inTurn: (work) => work(),
    clock: { now: () => new Date() },
    // Debounce and patience are about order here, not about time.
    sleep: async () => {},
    prices: {},
    appEnv: 'test',
    livemode: false,
  }
}

export function eventId(): EventId {
  return `evt_${randomUUID().replaceAll('-', '')}`
}

/** A test that needs the lease says so by its name when it did not get it. */
export function claimed<T>(claim: T | null): T {
  if (!claim) throw new Error('The lease was not given.')
  return claim
}

/** An event of a subscription, under an id of its own. */
export function anEvent(): NewEvent {
  return {
    id: eventId(),
    type: 'customer.subscription.updated',
    targetKey: null,
    reason: null,
    objectId: 'sub_1',
    customerId: null,
    attempt: null,
    livemode: false,
    apiVersion: '2026-10-28.endive',
    createdAt: new Date(),
    payload: '{}',
    payloadSha256: '00',
  }
}
