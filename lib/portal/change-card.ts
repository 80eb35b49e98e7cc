import { type Actor, userIdOf } from '@/lib/audit/actor'
import { env } from '@/lib/env'
import { proveCard } from './card-proof'
import { openPortal } from './open'

/**
 * Opens Stripe's page for another card, and leads a user who has saved one there to our page that puts it
 * to use: Stripe's changes only what new plans are charged to.
 * @throws {NotFound} the user has never bought anything, so there is nothing to charge
 */
export function openCardChange(actor: Actor): Promise<{ url: string }> {
  const doneUrl = `${env().appUrl}/settings/billing/card?proof=${proveCard(userIdOf(actor))}`
  return openPortal(actor, { flow: { type: 'payment_method_update' }, doneUrl })
}
