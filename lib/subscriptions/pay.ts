import { type Actor, workspaceIdOf } from '@/lib/audit/actor'
import { requirePlanAllowed } from '@/lib/entitlements/require-plan-allowed'
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
 * @throws {Forbidden} it would begin a plan, and an operator withholds plans from the workspace
 * @throws {NotFound} there is no plan, or it has ended
 */
export async function payOpenInvoice(actor: Actor): Promise<Paid> {
  const { customerId, subscription } = await requireOwnSubscription(actor)
  const open = await findOpenInvoice(subscription.id)
  return open ? charge(actor, customerId, open) : { kind: 'nothing_open' }
}

/** Charges an open invoice to what its subscription is charged to; throws as `payOpenInvoice` does. */
export async function charge(
  actor: Actor,
  customerId: CustomerId,
  open: OpenInvoice,
): Promise<Paid> {
  if (BEGINS.includes(`${open.billingReason}`)) await requirePlanAllowed(workspaceIdOf(actor))
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

// A first payment, and that of a change which waits for it: what is sold anew. A renewal is a debt, which may be paid.
const BEGINS = ['subscription_create', 'subscription_update']
