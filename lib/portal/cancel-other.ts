import type { Actor } from '@/lib/audit/actor'
import { readBilling } from '@/lib/billing/read'
import { authorizeBilling } from '@/lib/workspaces/authorize'
import { openPortal } from './open'

/**
 * Opens the portal where a customer with two living subscriptions ends the one that does not decide their
 * plan. Which one that is comes from our records, never from a form; if it is gone by now, the portal
 * opens at its first page.
 * @throws {NotFound} the workspace has never bought anything, so there is nothing to manage
 */
export async function openCancelOther(actor: Actor): Promise<{ url: string }> {
  const { others } = await readBilling(await authorizeBilling(actor))
  const other = others.find(({ isCanceling }) => !isCanceling)
  const flow = other && ({ type: 'subscription_cancel', subscription: other.id } as const)
  return openPortal(actor, flow ? { flow } : {})
}
