import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import { addTaxId, isTaxId, removeTaxId } from '@/sandbox/lifecycle/tax/tax-ids'
import type { Sandbox } from '@/sandbox/sandbox'
import { requireFeature, type Visit, visit } from './visit'

/** Notes a number by which the visitor's business is taxed. Throws ApiError 400 for one that cannot be. */
export function addOwnTaxId(sandbox: Sandbox, token: string, type: string, value: string) {
  sandbox.changeFor(token, (tx) => {
    const guest = visit(tx, token)
    requireAllowed(guest)
    if (!isTaxId(type, value)) throw ApiError.invalid('This tax ID is not valid.')
    // Its form has just been checked against what the type asks for.
    addTaxId(tx, guest.customer.id, type as Stripe.TaxId['type'], value.trim())
  })
}

/** Forgets one of the visitor's own. */
export function removeOwnTaxId(sandbox: Sandbox, token: string, id: string) {
  sandbox.changeFor(token, (tx) => {
    const guest = visit(tx, token)
    requireAllowed(guest)
    if (tx.get('tax_id', id).customer !== guest.customer.id) throw ApiError.missing('tax_id', id)
    removeTaxId(tx, id)
  })
}

function requireAllowed(guest: Visit) {
  requireFeature(guest, 'customer_update')
  const allowed: readonly string[] = guest.configuration.features.customer_update.allowed_updates
  if (!allowed.includes('tax_id'))
    throw ApiError.invalid('This portal does not let people change their tax IDs.')
}
