import { findCustomerId } from '@/db/queries/customers'
import type { Actor } from '@/lib/audit/actor'
import { Conflict, NotFound } from '@/lib/errors'
import { countRead } from '@/lib/redis/person-reads'
import { retrieveInvoice } from '@/lib/stripe/invoices'
import { authorizeBilling } from '@/lib/workspaces/authorize'
import { charge, type Paid } from './pay'
import { readShownCharge } from './shown-charge'

/**
 * Charges the open invoice that a page showed, over the amount that it showed, of the workspace that the actor
 * acts for: also one of a plan that has ended, or of none. Pressed twice it is paid once.
 * @param shown what the page's form says of it (`shownCharge`)
 * @throws {NotFound} there is no such invoice of theirs
 * @throws {Conflict} no amount was shown, or it is another by now, or a bank has an order to pay it and has not answered
 * @throws {Forbidden} it would begin a plan, and an operator withholds plans from the workspace
 * @throws {PaymentRequired} the bank said no, and why
 */
export async function payInvoiceShown(actor: Actor, shown: string | undefined): Promise<Paid> {
  const customerId = await findCustomerId(await authorizeBilling(actor))
  if (!customerId) throw new NotFound('no_billing')
  const agreed = readShownCharge(shown)
  if (!agreed) throw new Conflict('amount_not_shown')
  countRead()
  const invoice = await retrieveInvoice(agreed.id)
  // Whose it is is asked of Stripe, and never told apart from one that does not exist.
  if (invoice.customerId !== customerId) throw new NotFound('not_at_stripe')
  if (invoice.status !== 'open') return { kind: 'nothing_open' }
  const { amount, currency } = invoice.remaining
  const moved = amount !== agreed.remaining.amount || currency !== agreed.remaining.currency
  if (moved) throw new Conflict('amount_changed')
  return charge(actor, customerId, invoice)
}
