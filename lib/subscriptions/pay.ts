import type { Actor } from '@/lib/audit/actor'
import { PaymentRequired } from '@/lib/errors'
import type { CustomerId } from '@/lib/ids'
import { findOpenInvoice, type OpenInvoice } from '@/lib/stripe/invoices'
import { payInvoice } from '@/lib/stripe/payments'
import { carryOut } from './carry-out'
import { requireOwnSubscription } from './own-subscription'

export type Paid =
  | { kind: 'paid' }
  | { kind: 'nothing_open' }
  // The bank asks its customer, which Stripe's page of the invoice does.
  | { kind: 'confirm'; url: string }

/**
 * Charges what is open of the actor's plan now. Pressed twice it is paid once.
 * @throws {PaymentRequired} the bank said no, and why
 * @throws {NotFound} there is no plan, or it has ended
 */
export async function payOpenInvoice(actor: Actor): Promise<Paid> {
  const { customerId, subscription } = await requireOwnSubscription(actor)
  const open = await findOpenInvoice(subscription.id)
  return open ? charge(actor, customerId, open) : { kind: 'nothing_open' }
}

/** Charges an open invoice to what its subscription is charged to. */
export async function charge(
  actor: Actor,
  customerId: CustomerId,
  open: OpenInvoice,
): Promise<Paid> {
  const after = { invoice: open.id, ...open.remaining }
  try {
    const paid = await carryOut(
      actor,
      customerId,
      { action: 'invoice.request_payment', after },
      () => payInvoice(open.id),
    )
    return { kind: paid ? 'paid' : 'nothing_open' }
  } catch (error) {
    const asks = error instanceof PaymentRequired && error.reason === 'card_unconfirmed'
    if (asks && open.payUrl) return { kind: 'confirm', url: open.payUrl }
    throw error
  }
}
