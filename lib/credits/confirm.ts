import { type Actor, userIdOf, workspaceIdOf } from '@/lib/audit/actor'
import { Unavailable } from '@/lib/errors'
import { isCheckoutSessionId } from '@/lib/ids'
import { failureText, log } from '@/lib/log'
import { countRead, mayRead } from '@/lib/redis/person-reads'
import { type GrantOutcome, grantSoldCredits } from './grant'

/**
 * For the person who comes back from paying for credits: gives them at once, without waiting for the
 * event. The address proves nothing: Stripe is asked, and what another workspace bought is none of theirs.
 * Never in the way of the page: what cannot be found out now, the event brings.
 */
export async function confirmCredits(actor: Actor, sessionId: unknown): Promise<GrantOutcome> {
  if (typeof sessionId !== 'string' || !isCheckoutSessionId(sessionId)) return 'none'
  if (!(await mayRead(userIdOf(actor))).allowed) return 'waits'
  countRead()
  try {
    return await grantSoldCredits(actor, sessionId, workspaceIdOf(actor))
  } catch (error) {
    if (error instanceof Unavailable)
      log.warn({ session: sessionId, error: failureText(error) }, 'credits wait for their event')
    return error instanceof Unavailable ? 'waits' : 'none'
  }
}
