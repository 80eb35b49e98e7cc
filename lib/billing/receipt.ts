import { findCustomerId } from '@/db/queries/customers'
import { type Actor, workspaceIdOf } from '@/lib/audit/actor'
import { NotFound, RateLimited } from '@/lib/errors'
import { isCheckoutSessionId, isInvoiceId } from '@/lib/ids'
import { countRead, mayRead, readerOf } from '@/lib/redis/person-reads'
import { findCreditReceiptUrl } from '@/lib/stripe/credit-payments'
import { findReceiptUrl } from '@/lib/stripe/receipts'

/**
 * Stripe's receipt of an invoice, or of a payment for credits, of the workspace that the actor acts for.
 * @returns an address at Stripe, which ends after some weeks: redirect to it, never store it
 * @throws {NotFound} there is no such payment of theirs, or no money was charged for it
 * @throws {RateLimited} they have asked for much of Stripe's in this minute
 */
export async function findReceipt(actor: Actor, id: unknown): Promise<string> {
  const workspaceId = workspaceIdOf(actor)
  const customerId = await findCustomerId(workspaceId)
  const isCredits = isCheckoutSessionId(id)
  if (!customerId || !(isCredits || isInvoiceId(id))) throw new NotFound('no_receipt')
  const may = await mayRead(readerOf(actor, workspaceId))
  if (!may.allowed) throw new RateLimited('too_many_tries', may.retryAfterSeconds)
  countRead()
  const url = isCredits
    ? await findCreditReceiptUrl(customerId, id)
    : await findReceiptUrl(customerId, id)
  if (!url) throw new NotFound('no_receipt')
  return url
}
