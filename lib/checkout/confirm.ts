import { findCustomerId } from '@/db/queries/customers'
import { type Actor, userIdOf } from '@/lib/audit/actor'
import { type Choice, readChoice } from '@/lib/catalog/parse-choice'
import { isPaidTier, type PaidTier } from '@/lib/catalog/plans'
import { NotFound } from '@/lib/errors'
import { type CheckoutSessionId, isCheckoutSessionId } from '@/lib/ids'
import { failureText, log } from '@/lib/log'
import type { CheckoutSessionSnapshot, Receipt } from '@/lib/stripe/checkout-session-snapshot'
import { retrieveCheckoutSession } from '@/lib/stripe/checkout-sessions'
import { readBilling } from '@/lib/subscriptions/read'
import { productionPorts } from '@/lib/sync/production-ports'
import { type SyncOptions, syncCustomer } from '@/lib/sync/sync-customer'

export type CheckoutOutcome =
  | { kind: 'activated'; tier: PaidTier; receipt: Receipt | null; currentPeriodEnd: Date | null }
  // Paid, and our books are not there yet.
  | { kind: 'activating' }
  // An old address: what it paid for is over.
  | { kind: 'ended' }
  // A bank debit that takes days: the subscription waits for it.
  | { kind: 'processing' }
  | { kind: 'open'; url: string | null; choice: Choice | null }
  | { kind: 'expired'; choice: Choice | null }
  // No such session, or somebody else's: the two are never told apart.
  | { kind: 'unknown' }

/**
 * What became of a checkout, for the person who comes back from it. Stripe is asked, never the
 * address: the session must be of this person's own customer, and then the books are brought up
 * to date at once, without waiting for the webhook. Safe to open twice.
 */
export async function confirmCheckout(
  actor: Actor,
  sessionId: string,
  options: Pick<SyncOptions, 'later'> = {},
): Promise<CheckoutOutcome> {
  const userId = userIdOf(actor)
  const customerId = await findCustomerId(userId)
  if (!customerId || !isCheckoutSessionId(sessionId)) return { kind: 'unknown' }
  const session = await findSession(sessionId)
  if (!session || session.customerId !== customerId) return { kind: 'unknown' }
  const choice = readChoice(session)
  if (session.status === 'open') return { kind: 'open', url: session.url, choice }
  if (session.status !== 'complete') return { kind: 'expired', choice }

  try {
    await syncCustomer(productionPorts(), customerId, actor, options)
  } catch (error) {
    // Marked dirty: the webhook or a sweep will finish, and the page asks again.
    log.warn({ target: customerId, error: failureText(error) }, 'paid, and not in the books yet')
    return { kind: 'activating' }
  }
  const billing = await readBilling(userId)
  if (isPaidTier(billing.tier)) {
    const { tier, currentPeriodEnd } = billing
    return { kind: 'activated', tier, receipt: session.receipt, currentPeriodEnd }
  }
  if (billing.status === 'canceled') return { kind: 'ended' }
  return { kind: session.paymentStatus === 'unpaid' ? 'processing' : 'activating' }
}

async function findSession(id: CheckoutSessionId): Promise<CheckoutSessionSnapshot | null> {
  try {
    return await retrieveCheckoutSession(id)
  } catch (error) {
    if (error instanceof NotFound) return null
    throw error
  }
}
