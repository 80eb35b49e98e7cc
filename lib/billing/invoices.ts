import { findCustomerId } from '@/db/queries/customers'
import { type Actor, workspaceIdOf } from '@/lib/audit/actor'
import { withDeadline } from '@/lib/deadline'
import { NotFound, Unavailable } from '@/lib/errors'
import type { CustomerId, InvoiceId } from '@/lib/ids'
import { failureText, log } from '@/lib/log'
import { countRead, mayRead, readerOf } from '@/lib/redis/person-reads'
import { type CreditPayment, listCreditPayments } from '@/lib/stripe/credit-payments'
import { type ListedInvoice, listOtherInvoices, listUnpaid } from '@/lib/stripe/listed-invoices'

/** One of them, as a list shows it. */
export type Invoice = ListedInvoice

export type { CreditPayment }

// A year of a monthly plan.
const PAGE = 12

// A page waits no longer for Stripe: then it says that the list is not to be had now.
const PATIENCE_MS = 5_000

export type Invoices =
  // Nothing was ever bought.
  | { kind: 'none' }
  // Stripe, which has them, does not answer now, or was asked too often by this person.
  | { kind: 'away' }
  | {
      kind: 'list'
      /** To be paid, newest first; on every page. */
      unpaid: ListedInvoice[]
      invoices: ListedInvoice[]
      /** Paid once and beside the invoices, newest first; on the first page. */
      credits: CreditPayment[]
      /** Where the next page begins; null on the last one. */
      next: InvoiceId | null
    }

/**
 * The invoices of the workspace that the actor acts for, and what it paid for without one, as
 * Stripe has them: whose they are comes from our records alone. Never throws because of Stripe.
 * @param after the last invoice of the page before
 */
export async function readInvoices(actor: Actor, after: InvoiceId | null): Promise<Invoices> {
  const workspaceId = workspaceIdOf(actor)
  const customerId = await findCustomerId(workspaceId)
  if (!customerId) return { kind: 'none' }
  try {
    const { allowed } = await mayRead(readerOf(actor, workspaceId))
    if (!allowed) return { kind: 'away' }
    const late = () => new Unavailable('stripe_away')
    return await withDeadline(ask(customerId, after), PATIENCE_MS, late)
  } catch (error) {
    log.warn({ target: customerId, error: failureText(error) }, 'invoices not shown')
    return { kind: 'away' }
  }
}

async function ask(customer: CustomerId, after: InvoiceId | null): Promise<Invoices> {
  for (let n = 0; n < 3; n += 1) countRead()
  const [unpaid, rest, credits] = await Promise.all([
    listUnpaid(customer),
    others(customer, after),
    after ? [] : listCreditPayments(customer),
  ])
  return { kind: 'list', unpaid, ...rest, credits }
}

// An address that names an invoice which is not there leads to the first page.
async function others(customer: CustomerId, after: InvoiceId | null) {
  try {
    return await listOtherInvoices(customer, { after, limit: PAGE })
  } catch (error) {
    if (!after || !(error instanceof NotFound)) throw error
    return listOtherInvoices(customer, { after: null, limit: PAGE })
  }
}
