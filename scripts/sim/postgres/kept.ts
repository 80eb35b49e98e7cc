import { asc, eq, inArray } from 'drizzle-orm'
import { db } from '@/db/client'
import { auditLog } from '@/db/schema/audit'
import { checkoutIntents, customers, entitlements, subscriptions } from '@/db/schema/billing'
import { billingFacts, effects, syncTargets, webhookEvents } from '@/db/schema/events'
import type { CustomerId, UserId } from '@/lib/ids'
import type { MemoryTables, TargetRow } from '@/scripts/sim/memory-tables'

type Kept = Record<string, object[]>

/** What a history left in memory, as rows that can be held against Postgres's. */
export function keptInMemory(tables: MemoryTables): Kept {
  return {
    targets: sorted([...tables.targets.values()].map(instants), 'key'),
    events: sorted(
      tables.events.map(({ id, type, targetKey, seq, state, reason }) => ({
        ...{ id, type, targetKey, seq, state, reason },
      })),
      'id',
    ),
    customers: sorted([...tables.customers.values()], 'id'),
    subscriptions: sorted([...tables.subscriptions.values()], 'id'),
    entitlements: [...tables.entitlements.values()],
    facts: sorted(tables.facts, 'key'),
    effects: sorted([...tables.effects.values()], 'key'),
    intents: tables.intents.map(({ sessionId, state }) => ({ sessionId, state })),
    audits: sorted(tables.audits.map(asJson), 'scope'),
  }
}

/** The same of what Postgres has about one user and these targets. */
export async function keptInPostgres(userId: UserId, keys: string[]): Promise<Kept> {
  // Safe: a key of another kind finds no customer.
  const ids = keys as CustomerId[]
  const targets = await db().select().from(syncTargets).where(inArray(syncTargets.key, keys))
  const events = await db()
    .select()
    .from(webhookEvents)
    .where(inArray(webhookEvents.customerId, ids))
  const facts = await db().select().from(billingFacts).where(inArray(billingFacts.customerId, ids))
  const outbox = await db().select().from(effects).where(inArray(effects.targetKey, keys))
  const trail = await db()
    .select()
    .from(auditLog)
    .where(inArray(auditLog.scope, keys))
    .orderBy(asc(auditLog.n))
  return {
    targets: sorted(targets, 'key'),
    events: sorted(
      events.map(({ id, type, targetKey, seq, state, reason }) => ({
        ...{ id, type, targetKey, seq, state, reason },
      })),
      'id',
    ),
    customers: sorted(await db().select().from(customers).where(inArray(customers.id, ids)), 'id'),
    subscriptions: sorted(
      await db().select().from(subscriptions).where(inArray(subscriptions.customerId, ids)),
      'id',
    ),
    entitlements: await db().select().from(entitlements).where(eq(entitlements.userId, userId)),
    facts: sorted(
      facts.map(({ recordedAt: _, ...fact }) => fact),
      'key',
    ),
    effects: sorted(
      outbox.map(({ key, kind, payload, targetKey }) => ({ key, kind, payload, targetKey })),
      'key',
    ),
    intents: await db()
      .select({ sessionId: checkoutIntents.sessionId, state: checkoutIntents.state })
      .from(checkoutIntents)
      .where(eq(checkoutIntents.userId, userId)),
    audits: sorted(
      trail.map(({ scope, actor, action, before, after, eventIds }) => ({
        ...{ scope, actor, action, before, after, eventIds },
      })),
      'scope',
    ),
  }
}

function instants({ leaseUntil, nextRunAt, lastSyncedAt, ...row }: TargetRow) {
  return {
    ...row,
    leaseUntil: leaseUntil === null ? null : new Date(leaseUntil),
    nextRunAt: new Date(nextRunAt),
    lastSyncedAt: lastSyncedAt === null ? null : new Date(lastSyncedAt),
  }
}

// An audit row holds JSON: instants are texts in it.
function asJson<T>(row: T): T {
  return JSON.parse(JSON.stringify(row))
}

// Stable, so that a chain keeps its order.
function sorted<T extends object>(rows: T[], by: keyof T): T[] {
  return rows.toSorted((a, b) => (a[by] < b[by] ? -1 : a[by] > b[by] ? 1 : 0))
}
