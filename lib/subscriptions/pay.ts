import { type Actor, workspaceIdOf } from '@/lib/audit/actor'
import { requirePlanAllowed } from '@/lib/entitlements/require-plan-allowed'
import { Conflict, PaymentRequired } from '@/lib/errors'
import type { CustomerId } from '@/lib/ids'
import type { OneOpen } from '@/lib/stripe/invoices'
import { type Paying, payInvoice } from '@/lib/stripe/payments'
import { carryOut } from './carry-out'

export type Paid =
  | { kind: Paying }
  // The bank asks its customer, which Stripe's page of the invoice does.
  | { kind: 'confirm'; url: string }

/**
 * Charges open invoices, one after the other, each as `charge` does. The first that is not paid ends it.
 * @param all the oldest first
 */
export async function chargeAll(
  actor: Actor,
  customerId: CustomerId,
  all: readonly OneOpen[],
): Promise<Paid> {
  let last: Paid = { kind: 'nothing_open' }
  for (const open of all) {
    last = await charge(actor, customerId, open)
    if (last.kind === 'confirm') return last
  }
  return last
}

/**
 * Charges an open invoice to what its subscription is charged to. That it is the customer's, and that they
 * were shown its amount, is for its callers to know.
 * @throws {PaymentRequired} the bank said no, and why
 * @throws {Conflict} a bank has an order to pay it and has not answered: paid again, it would be paid twice
 * @throws {Forbidden} it would begin a plan, and an operator withholds plans from the workspace
 */
export async function charge(actor: Actor, customerId: CustomerId, open: OneOpen): Promise<Paid> {
  if (open.isProcessing) throw new Conflict('payment_on_its_way')
  if (BEGINS.includes(`${open.billingReason}`)) await requirePlanAllowed(workspaceIdOf(actor))
  const after = { invoice: open.id, ...open.remaining }
  try {
    const kind = await carryOut(
      actor,
      customerId,
      { action: 'invoice.request_payment', after },
      () => payInvoice(open.id),
    )
    return { kind }
  } catch (error) {
    const asks = error instanceof PaymentRequired && error.reason === 'card_unconfirmed'
    if (asks && open.payUrl) return { kind: 'confirm', url: open.payUrl }
    throw error
  }
}

// A first payment, and that of a change which waits for it: what is sold anew. A renewal is a debt, which may be paid.
const BEGINS = ['subscription_create', 'subscription_update']
