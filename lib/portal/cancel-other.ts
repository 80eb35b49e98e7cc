import { type Actor, userIdOf } from '@/lib/audit/actor'
import { readBilling } from '@/lib/billing/read'
import { openPortal } from './open'

/**
 * Opens the portal where somebody with two living subscriptions ends the one that does not speak for
 * them. Which one that is comes from our records, never from a form; if it is gone by now, the portal
 * opens at its first page.
 * @throws {NotFound} the user has never bought anything, so there is nothing to manage
 */
export async function openCancelOther(actor: Actor): Promise<{ url: string }> {
  const { others } = await readBilling(userIdOf(actor))
  const other = others.find(({ isCanceling }) => !isCanceling)
  return openPortal(actor, other ? { cancel: other.id } : {})
}
