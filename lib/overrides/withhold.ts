import type { Actor } from '@/lib/audit/actor'
import type { WorkspaceId } from '@/lib/ids'
import { requireEnd, requireReason } from './check'
import { decide } from './decide'
import { nameOf, type Withheld } from './subject'

/**
 * Takes a plan or a feature away from a workspace until an instant of business time, although it is paid for.
 * Nothing is canceled or refunded by it.
 * @throws {Invalid} no reason, or an end that is over
 * @throws {NotFound} there is no such workspace
 */
export async function withholdOverride(
  actor: Actor,
  workspaceId: WorkspaceId,
  what: Withheld,
  { until, reason }: { until: Date; reason: string },
): Promise<void> {
  requireReason(reason)
  const taken = { effect: 'withhold' as const, tier: null, amount: null }
  await decide(actor, workspaceId, nameOf(what), (_, now) => {
    requireEnd(until, now)
    return { action: 'override.withhold', ...taken, reason, expiresAt: until, revokedAt: null }
  })
}
