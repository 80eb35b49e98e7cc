import { findCustomerId } from '@/db/queries/customers'
import { type Actor, workspaceIdOf } from '@/lib/audit/actor'
import type { BillingDetails } from '@/lib/billing-address'
import { withDeadline } from '@/lib/deadline'
import { NotFound, Unavailable } from '@/lib/errors'
import { failureText, log } from '@/lib/log'
import { countRead, mayRead, readerOf } from '@/lib/redis/person-reads'
import { listTaxIds, retrieveBillingDetails, type TaxId } from '@/lib/stripe/billing-details'

// A page waits no longer for Stripe: then it says that they are not to be had now.
const PATIENCE_MS = 5_000

export type ReadDetails =
  // There is no billing account, so there are no invoices.
  | { kind: 'none' }
  // Stripe, which has them, does not answer now, or was asked too often by this person.
  | { kind: 'away' }
  | { kind: 'details'; details: BillingDetails; taxIds: TaxId[] }

/** What stands on the invoices of the workspace that the actor acts for. Never throws because of Stripe. */
export async function readBillingDetails(actor: Actor): Promise<ReadDetails> {
  const workspaceId = workspaceIdOf(actor)
  const customerId = await findCustomerId(workspaceId)
  if (!customerId) return { kind: 'none' }
  try {
    const { allowed } = await mayRead(readerOf(actor, workspaceId))
    if (!allowed) return { kind: 'away' }
    for (let n = 0; n < 2; n += 1) countRead()
    const asked = Promise.all([retrieveBillingDetails(customerId), listTaxIds(customerId)])
    const late = () => new Unavailable('stripe_away')
    const [details, taxIds] = await withDeadline(asked, PATIENCE_MS, late)
    return details ? { kind: 'details', details, taxIds } : { kind: 'none' }
  } catch (error) {
    if (error instanceof NotFound) return { kind: 'none' }
    log.warn({ target: customerId, error: failureText(error) }, 'billing details not shown')
    return { kind: 'away' }
  }
}
