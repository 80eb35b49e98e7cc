import { findIntentOf } from '@/db/queries/checkout-intents'
import { findCustomerId } from '@/db/queries/customers'
import { type Actor, userIdOf, workspaceIdOf } from '@/lib/audit/actor'
import { type Choice, readChoice } from '@/lib/catalog/parse-choice'
import { NotFound } from '@/lib/errors'
import { isCheckoutSessionId } from '@/lib/ids'
import { mayRead } from '@/lib/redis/person-reads'
import { openSession } from './open-session'

/** What a page of ours needs to show Checkout within it. The secret is for its buyer's browser alone. */
export type Embedded = { clientSecret: string; choice: Choice }

/**
 * The Checkout of the workspace that the actor acts for, to be shown within a page of ours. It makes nothing:
 * null for whatever cannot be paid so, be it another customer's, paid, over, or on terms that hold
 * no more; also for a person who asks too often.
 */
export async function readEmbedded(actor: Actor, sessionId: unknown): Promise<Embedded | null> {
  if (!isCheckoutSessionId(sessionId)) return null
  const workspaceId = workspaceIdOf(actor)
  const [intent, customerId] = await Promise.all([
    findIntentOf(workspaceId, sessionId),
    findCustomerId(workspaceId),
  ])
  const choice = intent?.state === 'open' ? readChoice(intent) : null
  if (!intent || !customerId || !choice) return null
  // It is asked by being looked at; the return page, where null leads, says that it was too often.
  if (!(await mayRead(userIdOf(actor))).allowed) return null
  try {
    const opened = await openSession(workspaceId, customerId, intent, 'embedded_page')
    const { clientSecret } = opened.session
    return opened.payable && clientSecret ? { clientSecret, choice } : null
  } catch (error) {
    if (error instanceof NotFound) return null
    throw error
  }
}
