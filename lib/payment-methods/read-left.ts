import { type Actor, userIdOf } from '@/lib/audit/actor'
import { NotFound } from '@/lib/errors'
import { mayRead } from '@/lib/redis/person-reads'
import type { Reason } from '@/lib/refusals/sentences'
import { readOwnSetup } from './read-setup'

/**
 * What a page says of what was left under the SetupIntent that its address names: why it cannot be put to use,
 * and else where it stands: `new`, what is charged already, or older than that, or an account to which small deposits
 * come first. It changes nothing.
 */
export async function readLeft(actor: Actor, id: unknown) {
  // A page asks this by being looked at, so that a press's own limit does not hold it.
  if (!(await mayRead(userIdOf(actor))).allowed) return refused('too_many_tries')
  try {
    const { setup } = await readOwnSetup(actor, id)
    if (setup.deposits) return { kind: 'deposits', ...setup.deposits } as const
    if (setup.status !== 'succeeded') return refused(setup.refused ?? 'setup_unconfirmed')
    if (setup.isDefault) return { kind: 'in_use' } as const
    return { kind: setup.isSuperseded ? 'replaced' : 'new' } as const
  } catch (error) {
    if (error instanceof NotFound) return refused(error.reason ?? 'setup_unknown')
    throw error
  }
}

function refused(reason: Reason) {
  return { kind: 'refused', reason } as const
}
