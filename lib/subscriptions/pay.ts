import type { Actor } from '@/lib/audit/actor'
import { PaymentRequired } from '@/lib/errors'
import type { CustomerId } from '@/lib/ids'
import type { OpenInvoice } from '@/lib/stripe/invoices'
import { payInvoice } from '@/lib/stripe/payments'
import { carryOut } from './carry-out'

export type Paid =
  | { kind: 'paid' }
  | { kind: 'nothing_open' }
  // The bank asks its customer, which Stripe's page of the invoice does.
  | { kind: 'confirm'; url: string }

/**
 * Charges an open invoice to what its subscription is charged to. That it is the customer's, and that they
 * were shown its amount, is for its callers to know.
 * @throws {PaymentRequired} the bank said no, and why
 */
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
