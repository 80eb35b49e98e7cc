import { asc, eq, inArray, like, or } from 'drizzle-orm'
import { db } from '@/db/client'
import { auditLog } from '@/db/schema/audit'
import { customers, entitlements, subscriptions } from '@/db/schema/billing'
import { checkoutIntents } from '@/db/schema/checkout'
import { billingFacts, outbox, syncTargets, webhookEvents } from '@/db/schema/events'
import type { CustomerId, WorkspaceId } from '@/lib/ids'
import type { EventRow, MemoryTables, OutboxRow, TargetRow } from '@/tests/simulation/memory-tables'

type Kept = Record<string, object[]>

/** What a history left in memory, as rows that can be held against Postgres's. */
export function keptInMemory(tables: MemoryTables): Kept {
  return {
    targets: sorted([...tables.targets.values()].map(instants), 'key'),
    events: sorted(tables.events.map(eventRow), 'id'),
    customers: sorted([...tables.customers.values()], 'id'),
    subscriptions: sorted([...tables.subscriptions.values()], 'id'),
    entitlements: [...tables.entitlements.values()],
    facts: sorted(tables.facts, 'key'),
    outbox: sorted([...tables.outbox.values()].map(entryInMemory), 'key'),
    intents: tables.intents.map(({ sessionId, state }) => ({ sessionId, state })),
    audits: sorted(tables.audits.map(asJson), 'scope'),
  }
}

/** The same of what Postgres has about one workspace and these targets. */
export async function keptInPostgres(
  seed: number,
  workspaceId: WorkspaceId,
  keys: string[],
): Promise<Kept> {
  // Safe: a key of another kind finds no customer.
  const ids = keys as CustomerId[]
  const mine = `evt\\_${seed}\\_%`
  const targets = await db().select().from(syncTargets).where(inArray(syncTargets.key, keys))
  const events = await db().select().from(webhookEvents).where(like(webhookEvents.id, mine))
  const facts = await db().select().from(billingFacts).where(like(billingFacts.eventId, mine))
  const entries = await db()
    .select()
    .from(outbox)
    // An email has no target; it names its notification's fact, and that its customer's object.
    .where(
      or(
        inArray(outbox.targetKey, keys),
        like(outbox.key, `mail:%\\_${seed}\\_%`),
        like(outbox.key, `mail:%\\_${seed}b\\_%`),
      ),
    )
  const trail = await db()
    .select()
    .from(auditLog)
    .where(inArray(auditLog.scope, keys))
    .orderBy(asc(auditLog.n))
  return {
    targets: sorted(targets, 'key'),
    events: sorted(events.map(eventRow), 'id'),
    customers: sorted(await db().select().from(customers).where(inArray(customers.id, ids)), 'id'),
    subscriptions: sorted(
      await db().select().from(subscriptions).where(inArray(subscriptions.customerId, ids)),
      'id',
    ),
    entitlements: await db()
      .select()
      .from(entitlements)
      .where(eq(entitlements.workspaceId, workspaceId)),
    facts: sorted(
      facts.map(({ recordedAt: _, ...fact }) => fact),
      'key',
    ),
    outbox: sorted(entries.map(entryRow), 'key'),
    intents: await db()
      .select({ sessionId: checkoutIntents.sessionId, state: checkoutIntents.state })
      .from(checkoutIntents)
      .where(eq(checkoutIntents.workspaceId, workspaceId)),
    audits: sorted(
      trail.map(({ scope, actor, action, before, after, eventIds }) => ({
        ...{ scope, actor, action, before, after, eventIds },
      })),
      'scope',
    ),
  }
}

/** A row of the outbox, without when it was put there. */
export function entryRow({
  createdAt: _,
  age: __,
  ...row
}: typeof outbox.$inferSelect & { age?: number }) {
  return row
}

export function entryInMemory({ nextRunAt, deliveredAt, ...row }: OutboxRow) {
  return {
    ...row,
    nextRunAt: new Date(nextRunAt),
    deliveredAt: deliveredAt === null ? null : new Date(deliveredAt),
  }
}

type Event = Pick<
  EventRow,
  'id' | 'type' | 'targetKey' | 'seq' | 'state' | 'reason' | 'attempts' | 'lastError'
>

function eventRow({ id, type, targetKey, seq, state, reason, attempts, lastError }: Event) {
  return { id, type, targetKey, seq, state, reason, attempts, lastError }
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
