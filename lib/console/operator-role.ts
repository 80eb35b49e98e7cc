import { findHead } from '@/db/queries/console-customer'
import type { OperatorActor } from '@/lib/audit/actor'
import type { UserId } from '@/lib/ids'
import { appointOperator, requireCandidate } from '@/lib/operators/appoint'
import { type ListedOperator, listedOperators } from '@/lib/operators/list'
import { revokeOperator } from '@/lib/operators/revoke'
import { type Once, once } from './once'

// The chain of who was asked for and who was not any more: of no user alone, so that a page from before is one, too.
const SCOPE = 'console:operators'

/** Who has or had the role, and how many times an operator asked for a change of it. */
export async function readOperators(): Promise<{ operators: ListedOperator[]; seen: number }> {
  const [operators, seen] = await Promise.all([listedOperators(), findHead(SCOPE)])
  return { operators, seen }
}

/**
 * Gives the role to someone who signs in here, once for each look: a page from before does not bring back what was
 * taken since.
 * @param email as `normalizeEmail` spells it
 * @throws {NotFound | Conflict} no one signs in with it, or has proven it; or the operators have changed since
 */
export async function appointOnce(
  actor: OperatorActor,
  { email, seen, reason }: { email: string; seen: number; reason: string },
): Promise<Once> {
  const after = { operator: await requireCandidate(email) }
  const asked = { scope: SCOPE, seen, action: 'console.appoint' as const, after, reason }
  return once(actor, asked, () => appointOperator(actor, { email, reason }))
}

/** Takes the role back, once for each look. @throws {Conflict} no one else has it, or they have changed since */
export async function revokeOnce(
  actor: OperatorActor,
  { userId, seen, reason }: { userId: UserId; seen: number; reason: string },
): Promise<Once> {
  const asked = { scope: SCOPE, seen, action: 'console.revoke_role' as const, reason }
  return once(actor, { ...asked, after: { operator: userId } }, () =>
    revokeOperator(actor, { userId, reason }),
  )
}
