import { findCustomerId } from '@/db/queries/customers'
import type { Actor } from '@/lib/audit/actor'
import { Conflict, NotFound } from '@/lib/errors'
import { countRead } from '@/lib/redis/person-reads'
import { retrieveInvoice } from '@/lib/stripe/invoices'
import { authorizeBilling } from '@/lib/workspaces/authorize'
import { chargeAll, type Paid } from './pay'
import { readShownCharges } from './shown-charge'

/**
 * Charges the open invoices that a page showed, one after the other, over the amounts that it showed, of the workspace
 * that the actor acts for: also of a plan that has ended, or of none. Pressed twice each is paid once. The first that
 * is not paid ends it, and what was paid before stays so.
 * @param shown what the page's form says of them (`shownCharge`)
 * @throws {NotFound} one is no invoice of theirs
 * @throws {Conflict} no amount was shown, or one is another by now, or a bank has an order to pay
 * it and has not answered
 * @throws {Forbidden} it would begin a plan, and an operator withholds plans from the workspace
 * @throws {PaymentRequired} the bank said no, and why
 */
export async function payInvoiceShown(actor: Actor, shown: string | undefined): Promise<Paid> {
  const customerId = await findCustomerId(await authorizeBilling(actor))
  if (!customerId) throw new NotFound('no_billing')
  const agreed = readShownCharges(shown)
  if (agreed.length === 0) throw new Conflict('amount_not_shown')
  const invoices = await Promise.all(
    agreed.map(({ id }) => {
      countRead()
      return retrieveInvoice(id)
    }),
  )
  // Whose it is is asked of Stripe, and never told apart from one that does not exist.
  if (invoices.some((invoice) => invoice.customerId !== customerId))
    throw new NotFound('not_at_stripe')
  const moved = invoices.some(({ status, remaining: { amount, currency } }, nth) => {
    const was = agreed[nth]?.remaining
    return status === 'open' && (amount !== was?.amount || currency !== was.currency)
  })
  if (moved) throw new Conflict('amount_changed')
  return chargeAll(
    actor,
    customerId,
    invoices.filter(({ status }) => status === 'open'),
  )
}
