import { findOpenIntent } from '@/db/queries/checkout-intents'
import { findCustomerId } from '@/db/queries/customers'
import { type Actor, userIdOf, workspaceIdOf } from '@/lib/audit/actor'
import type { Choice } from '@/lib/catalog/parse-choice'
import { withDeadline } from '@/lib/deadline'
import { Unavailable } from '@/lib/errors'
import { failureText, log } from '@/lib/log'
import type { Money } from '@/lib/money'
import { mayRead } from '@/lib/redis/person-reads'
import { openSession } from './open-session'
import { checkoutUi } from './ui'

// A page waits no longer: then it shows the price.
const PATIENCE_MS = 2_000

/**
 * What the checkout of a choice that was left asks for, with the code that was typed there, in the currency that its
 * customer pays in. Null where the choice would be sold on another page, and where Stripe does not say. It makes
 * nothing, and never throws.
 */
export async function readOpenDue(actor: Actor, choice: Choice): Promise<Money | null> {
  try {
    const late = () => new Unavailable('stripe_away')
    return await withDeadline(dueOf(actor, choice), PATIENCE_MS, late)
  } catch (error) {
    log.warn({ error: failureText(error) }, 'a checkout that was left shown without its total')
    return null
  }
}

async function dueOf(actor: Actor, { tier, interval }: Choice): Promise<Money | null> {
  const workspaceId = workspaceIdOf(actor)
  const [intent, customerId] = await Promise.all([
    findOpenIntent(workspaceId),
    findCustomerId(workspaceId),
  ])
  // Without its session, to ask for it would make one.
  if (!intent?.sessionId || !customerId) return null
  if (intent.tier !== tier || intent.interval !== interval) return null
  if (!(await mayRead(userIdOf(actor))).allowed) return null
  const { session, payable } = await openSession(workspaceId, customerId, intent, checkoutUi())
  return payable ? session.due : null
}
