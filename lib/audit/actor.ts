import type { AuditActor } from '@/db/schema/audit'
import { Unauthenticated } from '@/lib/errors'
import type { UserId, WorkspaceId } from '@/lib/ids'

/** No write without a name: every verb takes one of these. */
export type Actor = AuditActor

/** A person, and the workspace that they act for. */
export type UserActor = Extract<Actor, { type: 'user' }>

/** Who runs this, and acts for no workspace of their own: in the console. */
export type OperatorActor = Extract<Actor, { type: 'operator' }>

/** A program of theirs, with one of the workspace's API keys. */
export type ApiKeyActor = Extract<Actor, { type: 'api_key' }>

/** Who acts for a workspace: one of its people, or a program with one of its keys. */
export type WorkspaceActor = UserActor | ApiKeyActor

/** A person who acts for a workspace of theirs. */
export function userActor(id: UserId, workspaceId: WorkspaceId): UserActor {
  return { type: 'user', id, workspaceId }
}

/** A program with this key, by the key's own id, for its workspace. */
export function apiKeyActor(id: string, workspaceId: WorkspaceId): ApiKeyActor {
  return { type: 'api_key', id, workspaceId }
}

/** A person who runs this installation, in the console. */
export function operatorActor(id: UserId): OperatorActor {
  return { type: 'operator', id }
}

/** A job of ours, by the name that the trail says. */
export function systemActor(job: string): Actor {
  return { type: 'system', job }
}

/**
 * The person behind an action of their own. Stripe's events and our jobs never start a checkout or
 * open a portal.
 * @throws {Unauthenticated} the actor is not a person
 */
export function userIdOf(actor: Actor): UserId {
  return personOf(actor).id
}

/**
 * The workspace whose billing an action is about: the one that a person acts for.
 * @throws {Unauthenticated} the actor is not a person
 */
export function workspaceIdOf(actor: Actor): WorkspaceId {
  return personOf(actor).workspaceId
}

function personOf(actor: Actor): UserActor {
  if (actor.type !== 'user') throw new Unauthenticated('signed_out')
  return actor
}
