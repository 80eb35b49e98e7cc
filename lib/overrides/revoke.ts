import type { Actor } from '@/lib/audit/actor'
import { NotFound } from '@/lib/errors'
import type { WorkspaceId } from '@/lib/ids'
import { requireReason } from './check'
import { decide } from './decide'
import { nameOf, type Subject } from './subject'

/**
 * Takes back what was decided by hand, before its end: what is paid for applies again, with the commit.
 * @throws {Invalid} no reason
 * @throws {NotFound} nothing was ever decided about it, or it has ended, or there is no such workspace
 */
export async function revokeOverride(
  actor: Actor,
  workspaceId: WorkspaceId,
  what: Subject,
  { reason }: { reason: string },
): Promise<void> {
  requireReason(reason)
  await decide(actor, workspaceId, nameOf(what), (current, now) => {
    if (!current) throw new NotFound({ internal: 'There is nothing to revoke.' })
    const { effect, tier, amount, expiresAt } = current
    const revoked = { effect, tier, amount, expiresAt, reason, revokedAt: now }
    return { action: 'override.revoke', ...revoked }
  })
}
