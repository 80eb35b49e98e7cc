import type { Actor } from '@/lib/audit/actor'
import type { WorkspaceId } from '@/lib/ids'
import { requireAmount, requireEnd, requireReason } from './check'
import { decide } from './decide'
import { type Gift, nameOf } from './subject'

/**
 * Gives a workspace a plan, a feature or a limit by hand, until an instant of business time. It applies with the
 * commit, whatever Stripe says, and takes the place of what was decided about the same thing before.
 * @throws {Invalid} no reason, an end that is over, or an amount that is none
 * @throws {NotFound} there is no such workspace
 */
export async function grantOverride(
  actor: Actor,
  workspaceId: WorkspaceId,
  gift: Gift,
  { until, reason }: { until: Date; reason: string },
): Promise<void> {
  requireReason(reason)
  if (gift.kind === 'limit') requireAmount(gift.amount)
  const given = {
    effect: 'grant' as const,
    tier: gift.kind === 'plan' ? gift.tier : null,
    amount: gift.kind === 'limit' ? gift.amount : null,
    ...{ reason, expiresAt: until, revokedAt: null },
  }
  await decide(actor, workspaceId, nameOf(gift), (_, now) => {
    requireEnd(until, now)
    return { action: 'override.grant', ...given }
  })
}
