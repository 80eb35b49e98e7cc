import type { AuditActor } from '@/db/schema/audit'
import { Unauthenticated } from '@/lib/errors'
import type { UserId } from '@/lib/ids'

/** No write without a name: every verb takes one of these. */
export type Actor = AuditActor

export function userActor(id: string): Actor {
  return { type: 'user', id }
}

export function systemActor(job: string): Actor {
  return { type: 'system', job }
}

/**
 * The person behind an action of their own. Stripe's events and our jobs never start a checkout or
 * open a portal.
 * @throws {Unauthenticated} the actor is not a person
 */
export function userIdOf(actor: Actor): UserId {
  if (actor.type !== 'user') throw new Unauthenticated('signed_out')
  return actor.id
}
