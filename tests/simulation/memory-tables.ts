import type {
  CustomerRow,
  EntitlementRow,
  OverrideRow,
  PendingEvent,
  SubscriptionRow,
} from '@/db/queries/claim'
import type { Change, NewEvent } from '@/db/queries/ledger'
import type { Subscriber } from '@/db/queries/subscribers'
import {
  type CheckoutSessionId,
  type CustomerId,
  type EventId,
  isCustomerId,
  type SubscriptionId,
  type WorkspaceId,
} from '@/lib/ids'

export type TargetRow = {
  key: string
  dirtySeq: number
  syncedSeq: number
  fence: number
  leaseUntil: number | null
  waiting: boolean
  nextRunAt: number
  attempts: number
  lastError: string | null
  lastSyncedAt: number | null
}

/** A target about which nothing has been heard; it is due at once. */
export function newTarget(key: string, nextRunAt: number): TargetRow {
  return {
    key,
    dirtySeq: 0,
    syncedSeq: 0,
    fence: 0,
    leaseUntil: null,
    waiting: false,
    nextRunAt,
    attempts: 0,
    lastError: null,
    lastSyncedAt: null,
  }
}

/** An event in the inbox, as far as anything depends on it. */
export class EventRow {
  readonly id: EventId
  readonly type: string
  readonly targetKey: string | null
  readonly objectId: string | null
  readonly attempt: number | null
  readonly seq: number | null
  reason: string | null
  state: 'pending' | 'done' | 'ignored' | 'dead'
  /** How often its fact could not be recorded. */
  attempts = 0
  lastError: string | null = null

  constructor(event: NewEvent, seq: number | null, state: EventRow['state']) {
    this.id = event.id
    this.type = event.type
    this.targetKey = event.targetKey
    this.objectId = event.objectId
    this.attempt = event.attempt
    this.reason = event.reason
    this.seq = seq
    this.state = state
  }
}

export type FactRow = Change['facts'][number]
/** What waits in the outbox, or went; instants in milliseconds. */
export type OutboxRow = Change['outbox'][number] & {
  targetKey: string | null
  nextRunAt: number
  attempts: number
  lastError: string | null
  deliveredAt: number | null
}
/** Its action is also a fact's kind, as in the table. */
export type AuditRow = Omit<Change['audits'][number], 'action'> & { scope: string; action: string }
export type IntentRow = {
  sessionId: CheckoutSessionId
  workspaceId: WorkspaceId
  state: 'open' | 'completed' | 'expired'
}

/** The records in memory: the rows of db/schema that the event path reads and writes. */
export class MemoryTables {
  readonly targets = new Map<string, TargetRow>()
  /** In the order of their arrival. */
  readonly events: EventRow[] = []
  readonly eventById = new Map<EventId, EventRow>()
  /** What waits for its target's next read, in the order of `seq`. */
  readonly pending = new Map<string, EventRow[]>()
  readonly customers = new Map<CustomerId, CustomerRow>()
  readonly subscriptions = new Map<SubscriptionId, SubscriptionRow>()
  readonly entitlements = new Map<WorkspaceId, EntitlementRow>()
  readonly overrides: OverrideRow[] = []
  readonly intents: IntentRow[] = []
  readonly facts: FactRow[] = []
  readonly factKeys = new Set<string>()
  readonly outbox = new Map<string, OutboxRow>()
  readonly audits: AuditRow[] = []

  subscriptionsOf(key: string): SubscriptionRow[] {
    const rows = [...this.subscriptions.values()].filter(({ customerId }) => customerId === key)
    return rows.length < 2 ? rows : rows.sort((a, b) => (a.id < b.id ? -1 : 1))
  }

  /** The subscribers of these prices, and whether each is being read. */
  subscribers(priceIds: readonly string[]): Subscriber[] {
    if (priceIds.length === 0) return []
    const subscribers: Subscriber[] = [...this.subscriptions.values()].flatMap(
      ({ customerId, priceId, tier, endedAt }) =>
        priceId !== null && priceIds.includes(priceId) && !endedAt
          ? [{ customerId, priceId, tier }]
          : [],
    )
    for (const { key, dirtySeq, syncedSeq, leaseUntil } of this.targets.values()) {
      if (dirtySeq <= syncedSeq || leaseUntil === null || !isCustomerId(key)) continue
      subscribers.push({ customerId: key, priceId: null, tier: null })
    }
    return subscribers
  }

  /** It was deleted, and its workspace has another since: it says nothing about its workspace any more. */
  isSuperseded(key: string): boolean {
    const customer = this.customer(key)
    if (!customer?.deletedAt || customer.workspaceId === null) return false
    return this.livingCustomer(customer.workspaceId, customer.id) !== null
  }

  customer(key: string): CustomerRow | null {
    // Safe: a key of another kind finds nothing.
    return this.customers.get(key as CustomerId) ?? null
  }

  livingCustomer(workspaceId: WorkspaceId, except: CustomerId | null = null): CustomerRow | null {
    for (const row of this.customers.values()) {
      if (row.workspaceId === workspaceId && row.id !== except && !row.deletedAt) return row
    }
    return null
  }
}

/** What a claim carries of the events that wait. In these histories their bodies are empty. */
export function pendingEvents(waiting: readonly EventRow[]): PendingEvent[] {
  const bearing = waiting.filter(({ type }) => BEARING.has(type)).slice(-BODIES)
  const withBody = new Set(bearing.map(({ id }) => id))
  return waiting.map(({ id, type, objectId, attempt, attempts: tries }) => {
    const payload = withBody.has(id) ? '' : null
    return { id, type, objectId, attempt, tries, payload }
  })
}

// The same as in `claim_of`.
const BODIES = 50
const BEARING = new Set([
  'customer.subscription.created',
  'customer.subscription.updated',
  'customer.subscription.deleted',
  'invoice.paid',
  'invoice.payment_failed',
  'invoice.voided',
  'invoice.marked_uncollectible',
])
