import type { Claim } from '@/db/queries/claim'
import type { Change, SeenCustomer } from '@/db/queries/ledger'
import type { CustomerConflict } from '@/db/schema/billing'
import type { CustomerId, WorkspaceId } from '@/lib/ids'
import type { Difference } from '@/lib/reconcile/compare'
import type { Guards } from './guards'
import type { AuditRow, MemoryTables } from './memory-tables'

type Customer = NonNullable<ReturnType<MemoryTables['customer']>>
type Settled = { adopted: boolean; audits: AuditRow[]; outbox: Change['outbox'] }

/** The rules of db/functions/settle-customer.sql: whose a customer is, and whether Stripe has it. */
export function settleCustomer(
  tables: MemoryTables,
  guards: Guards,
  claim: Claim,
  { customer: seen, failures }: Change,
  at: number,
): Settled | null {
  if (!seen) return null
  const { id } = seen
  const failed = new Set(failures.map(({ eventId }) => eventId))
  const eventIds = claim.events.flatMap((event) => (failed.has(event.id) ? [] : [event.id]))
  const known = tables.customers.get(id)
  const old = known ?? newCustomer({ id, livemode: seen.livemode, workspaceId: null }, at)
  const row = linked(tables, guards, { ...old, ...shown(old, seen, at) }, known !== undefined)
  row.conflict = conflictOf(row)
  tables.customers.set(id, row)
  const moves = movesOf(tables, old, row)
  return {
    adopted: row.workspaceId !== null && (claim.customer?.workspaceId ?? null) === null,
    audits: moves.map(({ action, before = null, after }) => {
      return { scope: claim.key, action, before, after, actor: seen.actor, eventIds }
    }),
    outbox: moves.flatMap(({ action, after }) => {
      const notifies = action === 'customer.miss' || after.conflict
      if (!notifies) return []
      const one = action === 'customer.miss' ? row.missingAt?.toISOString().slice(0, 10) : id
      const key = `notification:${action}:${one}${action === 'customer.miss' ? '' : `:${claim.fence}`}`
      return [
        { key, kind: 'notification', payload: { kind: action, objectId: id, customerId: id } },
      ]
    }),
  }
}

/** Whom the end of a customer concerns: the living ones that name its workspace and do not have it. */
export function rivalsOf(tables: MemoryTables, { customer }: Change): string[] {
  const workspaceId = customer?.deletedAt ? tables.customer(customer.id)?.workspaceId : null
  if (!workspaceId) return []
  return [...tables.customers.values()]
    .filter((each) => each.claimedWorkspaceId === workspaceId && each.conflict && !each.deletedAt)
    .map(({ id }) => id)
}

/** A scan saw that a customer itself differs: the next read asks for it. */
export function doubt(tables: MemoryTables, key: string, seen: Difference[], at: number): void {
  const row = tables.customer(key)
  if (!row || !seen.some(({ after }) => after.customer)) return
  tables.customers.set(row.id, { ...row, doubtedAt: new Date(at) })
}

/** What our own checkout writes, unless another request was faster. */
export function insertCustomer(
  tables: MemoryTables,
  row: { id: CustomerId; workspaceId: WorkspaceId; livemode: boolean },
  at: number,
): boolean {
  if (tables.customers.has(row.id) || tables.livingCustomer(row.workspaceId)) return false
  tables.customers.set(row.id, newCustomer(row, at))
  return true
}

// A row as it is before Stripe was asked about it.
function newCustomer(row: Pick<Customer, 'id' | 'workspaceId' | 'livemode'>, at: number): Customer {
  const times = { createdAt: new Date(at), deletedAt: null, missingAt: null, doubtedAt: null }
  return { ...row, ...times, erasedAt: null, claimedWorkspaceId: row.workspaceId, conflict: null }
}

function shown(old: Customer, seen: SeenCustomer, at: number): Partial<Customer> {
  return {
    deletedAt: old.deletedAt ?? seen.deletedAt,
    doubtedAt: null,
    missingAt: seen.missing ? (old.missingAt ?? new Date(at)) : null,
    claimedWorkspaceId:
      seen.missing || old.erasedAt ? old.claimedWorkspaceId : seen.claimedWorkspaceId,
  }
}

function linked(tables: MemoryTables, guards: Guards, row: Customer, known: boolean): Customer {
  const { id, workspaceId, claimedWorkspaceId, deletedAt } = row
  const free = claimedWorkspaceId && !tables.livingCustomer(claimedWorkspaceId, id)
  if (workspaceId !== null || deletedAt || !free || (known && !guards.linkedLater)) return row
  return { ...row, workspaceId: claimedWorkspaceId }
}

// The one workspace of a history exists.
function conflictOf({
  workspaceId,
  claimedWorkspaceId,
  deletedAt,
}: Customer): CustomerConflict | null {
  if (deletedAt || claimedWorkspaceId === null || workspaceId === claimedWorkspaceId) return null
  return workspaceId === null ? 'workspace_has_another' : 'belongs_to_another'
}

type Move = {
  action: string
  before?: Record<string, unknown>
  after: Record<string, unknown>
}

function movesOf(tables: MemoryTables, old: Customer, row: Customer): Move[] {
  const { id: customer, workspaceId, conflict, claimedWorkspaceId: claims } = row
  const missed = row.missingAt === null ? 'customer.find' : 'customer.miss'
  const moved =
    conflict !== old.conflict || (conflict !== null && claims !== old.claimedWorkspaceId)
  return [
    ...(workspaceId === old.workspaceId
      ? []
      : [{ action: 'customer.link', after: { customer, workspaceId } }]),
    ...((row.missingAt === null) === (old.missingAt === null)
      ? []
      : [{ action: missed, after: { customer } }]),
    ...(moved
      ? [
          {
            action: 'customer.conflict',
            before: { customer, conflict: old.conflict, claims: old.claimedWorkspaceId },
            after: {
              ...{ customer, conflict, claims, workspaceId },
              keeps: (claims && tables.livingCustomer(claims, customer)?.id) || null,
            },
          },
        ]
      : []),
  ]
}
