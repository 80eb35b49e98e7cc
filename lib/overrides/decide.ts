import { inTransaction } from '@/db/client'
import { findAccessIn } from '@/db/queries/access'
import type { OverrideRow } from '@/db/queries/claim'
import { insertEntry } from '@/db/queries/outbox'
import {
  listCustomerIds,
  lockWorkspace,
  overtakeReaders,
  saveEntitlement,
  saveOverride,
} from '@/db/queries/overrides'
import { findOwnCustomer } from '@/db/queries/people'
import type { Actor } from '@/lib/audit/actor'
import { recordAudit } from '@/lib/audit/record'
import type { AuditAction } from '@/lib/audit-action'
import { deriveEntitlement } from '@/lib/entitlements/derive'
import { raiseAccessFence } from '@/lib/entitlements/last-known'
import { forgetInRequest } from '@/lib/entitlements/memo'
import { inForce } from '@/lib/entitlements/overridden'
import { NotFound, Unavailable } from '@/lib/errors'
import type { WorkspaceId } from '@/lib/ids'
import { businessClock } from '@/lib/stripe/business-clock'
import { differences } from '@/lib/sync/differences'
import { closingsOf } from './closings'

type Name = Pick<OverrideRow, 'kind' | 'name'>
type Decided = Omit<OverrideRow, keyof Name | 'workspaceId' | 'actor' | 'createdAt'>
type Decision = Decided & { action: Extract<AuditAction, `override.${string}`> }

/**
 * Commits one decision of an operator, whole: its row, what the workspace may use because of it, and the audit
 * row. `choose` gets what stands now, and answers null where nothing is to be changed.
 */
export async function decide(
  actor: Actor,
  workspaceId: WorkspaceId,
  what: Name,
  choose: (current: OverrideRow | null, now: Date) => Decision | null,
): Promise<void> {
  const now = await businessClock().now()
  const fence = await inTransaction(async (tx) => {
    // The target first, as everywhere. A sync that commits after this knows of the decision.
    const { customerIds, fence: overtaken } = await overtakeReaders(tx, workspaceId)
    if (!(await lockWorkspace(tx, workspaceId)))
      throw new NotFound({ internal: `There is no workspace ${workspaceId}.` })
    // It got a customer in this very moment, whose first read knows nothing of the decision.
    const had = new Set(customerIds)
    if ((await listCustomerIds(tx, workspaceId)).some((id) => !had.has(id)))
      throw new Unavailable('billing_updating')
    const { entitlement: stored, overrides, subscriptions } = await findAccessIn(tx, workspaceId)
    const known = overrides.find(({ kind, name }) => kind === what.kind && name === what.name)
    const [current = null] = inForce(known ? [known] : [], now)
    const decision = choose(current, now)
    if (!decision) return null
    const { action, ...decided } = decision
    const change = differences(current && { ...current }, decided)
    if (!change) return null
    const row = { ...what, ...decided, workspaceId, actor }
    await saveOverride(tx, row)

    const others = overrides.filter((each) => each !== known)
    const { entitlement } = deriveEntitlement({
      subscriptions,
      overrides: [...others, row],
      previous: stored,
      now,
    })
    const version = Math.max(overtaken, (stored?.fence ?? 0) + 1)
    const access = differences(stored, entitlement)
    if (access) await saveEntitlement(tx, { ...entitlement, workspaceId, fence: version })
    await recordAudit(tx, actor, {
      // The chain of its customer is where operators look.
      scope: (await findOwnCustomer(tx, workspaceId)) ?? `workspace:${workspaceId}`,
      action,
      before: { ...what, ...change.before, ...(access?.before && { entitlement: access.before }) },
      after: {
        ...what,
        ...change.after,
        reason: decided.reason,
        ...(access && { entitlement: access.after }),
      },
    })
    if (what.kind === 'plan' && decided.effect === 'withhold' && !decided.revokedAt)
      for (const entry of closingsOf(workspaceId, customerIds, version))
        await insertEntry(tx, entry)
    return version
  })
  if (fence === null) return
  forgetInRequest(workspaceId)
  await raiseAccessFence(workspaceId, fence)
}
