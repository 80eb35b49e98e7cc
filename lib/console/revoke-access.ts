import type { OperatorActor } from '@/lib/audit/actor'
import { revokeOverride } from '@/lib/overrides/revoke'
import type { Subject } from '@/lib/overrides/subject'
import { type Once, once } from './once'
import { type About, scopeOfWorkspace } from './subject-of'

/** Takes back what was decided by hand. @throws {NotFound} nothing is decided about it now */
export async function revokeAccess(
  actor: OperatorActor,
  { workspaceId, seen, reason, what }: About & { what: Subject },
): Promise<Once> {
  const scope = await scopeOfWorkspace(workspaceId)
  return once(actor, { scope, seen, action: 'console.revoke', after: { ...what }, reason }, () =>
    revokeOverride(actor, workspaceId, what, { reason }),
  )
}
