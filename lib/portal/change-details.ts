import type { Actor } from '@/lib/audit/actor'
import { openPortal } from './open'

/**
 * Opens Stripe's page for the name, address and tax ids that stand on invoices, and leads straight back.
 * @throws {NotFound} the user has never bought anything, so there is nothing to bill
 */
export function openDetailsChange(actor: Actor): Promise<{ url: string }> {
  return openPortal(actor, { flow: { type: 'customer_update' } })
}
