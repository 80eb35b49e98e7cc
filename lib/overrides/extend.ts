import type { Actor } from '@/lib/audit/actor'
import { NotFound } from '@/lib/errors'
import type { WorkspaceId } from '@/lib/ids'
import { requireEnd, requireReason } from './check'
import { decide } from './decide'
import { nameOf, type Subject } from './subject'

/**
 * Has what was decided by hand last longer, as it is. What has ended or was revoked is granted anew instead.
 * @throws {Invalid} no reason, or an end that is not later than before
 * @throws {NotFound} nothing is decided about it now, or there is no such workspace
 */
export async function extendOverride(
  actor: Actor,
  workspaceId: WorkspaceId,
  what: Subject,
  { until, reason }: { until: Date; reason: string },
): Promise<void> {
  requireReason(reason)
  await decide(actor, workspaceId, nameOf(what), (current) => {
    if (!current) throw new NotFound({ internal: 'There is nothing to extend: grant it.' })
    const { effect, tier, amount, expiresAt } = current
    // Said twice it is the same.
    if (expiresAt.getTime() === until.getTime()) return null
    requireEnd(until, expiresAt)
    const extended = { effect, tier, amount, reason, expiresAt: until, revokedAt: null }
    return { action: 'override.extend', ...extended }
  })
}
