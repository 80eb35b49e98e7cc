import { type Actor, userIdOf } from '@/lib/audit/actor'
import { env } from '@/lib/env'
import { proveLeaving } from '@/lib/payment-methods/own-return'
import { readShown } from '@/lib/subscriptions/shown-charge'
import { authorizeBilling } from '@/lib/workspaces/authorize'
import { openPortal } from './open'

/**
 * Opens Stripe's page for another card, and leads a user who has saved one there to our page that puts it
 * to use: Stripe's changes only what new plans are charged to.
 * @param shown what stood beside the button as open: there it is charged without another press, and nothing else is
 * @throws {NotFound} the user has never bought anything, so there is nothing to charge
 */
export async function openCardChange(
  actor: Actor,
  shown: string | undefined,
): Promise<{ url: string }> {
  await authorizeBilling(actor)
  const proof = proveLeaving('portal', userIdOf(actor), readShown(shown))
  const doneUrl = `${env().appUrl}/settings/billing/card?proof=${proof}`
  return openPortal(actor, { flow: { type: 'payment_method_update' }, doneUrl })
}
