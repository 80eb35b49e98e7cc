import { findCustomerId } from '@/db/queries/customers'
import { type Actor, workspaceIdOf } from '@/lib/audit/actor'
import { Conflict, NotFound } from '@/lib/errors'
import type { InvoiceId } from '@/lib/ids'
import { countRead } from '@/lib/redis/person-reads'
import { retrieveInvoice } from '@/lib/stripe/invoices'
import { charge, type Paid } from './pay'

/**
 * Charges one open invoice of the workspace that the actor acts for: also one of a plan that has ended, or of
 * none. Pressed twice it is paid once.
 * @throws {NotFound} there is no such invoice of theirs
 * @throws {Conflict} a bank has an order to pay it and has not answered
 * @throws {Forbidden} it would begin a plan, and an operator withholds plans from the workspace
 * @throws {PaymentRequired} the bank said no, and why
 */
export async function payOneInvoice(actor: Actor, id: InvoiceId): Promise<Paid> {
  const customerId = await findCustomerId(workspaceIdOf(actor))
  if (!customerId) throw new NotFound('no_billing')
  countRead()
  const invoice = await retrieveInvoice(id)
  // Whose it is is asked of Stripe, and never told apart from one that does not exist.
  if (invoice.customerId !== customerId) throw new NotFound('not_at_stripe')
  if (invoice.status !== 'open') return { kind: 'nothing_open' }
  if (invoice.isProcessing) throw new Conflict('payment_on_its_way')
  return charge(actor, customerId, invoice)
}
