import type Stripe from 'stripe'
import { ApiError } from '@/sandbox/http/api-error'
import type { Sandbox } from '@/sandbox/sandbox'
import { requireFeature, visit } from './visit'

export interface CustomerChange {
  email?: string | undefined
  name?: string | undefined
  phone?: string | undefined
  address?: Stripe.Address | undefined
}

/** Changes a customer's details, as far as the configuration allows. */
export function updateCustomer(sandbox: Sandbox, token: string, change: CustomerChange) {
  sandbox.changeFor(token, (tx) => {
    const guest = visit(tx, token)
    requireFeature(guest, 'customer_update')
    const allowed: readonly string[] = guest.configuration.features.customer_update.allowed_updates
    const asked = Object.entries(change).filter(([, value]) => value !== undefined)
    for (const [field] of asked) {
      if (!allowed.includes(field))
        throw ApiError.invalid(`This portal does not let people change their ${field}.`)
    }
    Object.assign(tx.edit('customer', guest.customer.id), Object.fromEntries(asked))
    tx.emit('customer.updated', 'customer', guest.customer.id)
  })
}
