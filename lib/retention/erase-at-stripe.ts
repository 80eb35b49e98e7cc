import { NotFound } from '@/lib/errors'
import type { CustomerId } from '@/lib/ids'
import { deleteCustomer, redactCustomer } from '@/lib/stripe/customers'

/**
 * What becomes of the customer at Stripe. `keep`: nothing, Stripe has its own duty and its own way.
 * `redact`: it stays without address, name and whose it is. `delete`: for good; invoices stay there.
 */
export const AT_STRIPE = ['keep', 'redact', 'delete'] as const
export type AtStripe = (typeof AT_STRIPE)[number]

/** Safe to repeat: one that is gone is gone. */
export async function eraseAtStripe(id: CustomerId, what: AtStripe): Promise<void> {
  if (what === 'keep') return
  try {
    await (what === 'redact' ? redactCustomer(id) : deleteCustomer(id))
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
  }
}
