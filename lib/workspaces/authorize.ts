import { findRole } from '@/db/queries/workspaces'
import type { AuditActor } from '@/db/schema/audit'
import type { MemberRole } from '@/db/schema/workspaces'
import { Forbidden, Unauthenticated } from '@/lib/errors'
import type { WorkspaceId } from '@/lib/ids'
import { personalWorkspaceOf } from './personal'

// Who may change what a workspace pays for, how, and who gets in with its keys. Every member may use what it bought.
const CHANGES_BILLING: Readonly<Record<MemberRole, boolean>> = {
  owner: true,
  admin: true,
  member: false,
}

/**
 * The workspace whose billing a person is about to change: the one that they act for, and may do that in. The first
 * step of each verb that changes billing. Asks nothing where it is their own.
 * @throws {Unauthenticated} the actor is not a person
 * @throws {Forbidden} they are no owner or admin of it
 */
export async function authorizeBilling(actor: AuditActor): Promise<WorkspaceId> {
  // Stripe's events, our jobs and programs change no billing.
  if (actor.type !== 'user') throw new Unauthenticated('signed_out')
  const { id: userId, workspaceId } = actor
  // It has one member, its owner.
  if (workspaceId === personalWorkspaceOf(userId)) return workspaceId
  const role = await findRole(workspaceId, userId)
  if (!role || !CHANGES_BILLING[role]) throw new Forbidden('role_without_billing')
  return workspaceId
}
