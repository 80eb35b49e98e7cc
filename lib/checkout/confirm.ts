import { type CheckoutIntent, findIntentOf } from '@/db/queries/checkout-intents'
import { findCustomerId } from '@/db/queries/customers'
import { type Actor, userIdOf, workspaceIdOf } from '@/lib/audit/actor'
import type { Billing } from '@/lib/billing/billing'
import { readBilling } from '@/lib/billing/read'
import { type Choice, readChoice } from '@/lib/catalog/parse-choice'
import { isPaidTier, type PaidTier } from '@/lib/catalog/plans'
import { NotFound } from '@/lib/errors'
import { type CheckoutSessionId, type CustomerId, isCheckoutSessionId } from '@/lib/ids'
import { deliverAfterVisit } from '@/lib/jobs/drain-after-visit'
import { failureText, log } from '@/lib/log'
import type { Money } from '@/lib/money'
import { countRead, mayRead } from '@/lib/redis/person-reads'
import type { CheckoutSessionSnapshot, Receipt } from '@/lib/stripe/checkout-session-snapshot'
import { retrieveCheckoutSession } from '@/lib/stripe/checkout-sessions'
import { productionPorts } from '@/lib/sync/production-ports'
import { type SyncOptions, syncCustomer } from '@/lib/sync/sync-customer'
import { type KeptPayment, keepPayment, keptPayment } from './kept-payment'

export type CheckoutOutcome =
  // The current state; the receipt is there while the plan that it paid for is the current one. After that `before`
  // is what was bought, and for how much, as far as that is known.
  | {
      kind: 'activated'
      tier: PaidTier
      receipt: Receipt | null
      before: (Choice & { paid: Money | null }) | null
      billing: Billing
    }
  // Paid, and an operator withholds plans from the workspace.
  | { kind: 'withheld' }
  // Paid, and our records are not there yet.
  | { kind: 'activating' }
  // An old address: what it paid for is over.
  | { kind: 'ended' }
  // A bank debit that takes days: the subscription waits for it.
  | { kind: 'processing' }
  // Without its address: an open page is only linked while its terms are the current ones.
  | { kind: 'open'; choice: Choice | null }
  | { kind: 'expired'; choice: Choice | null }
  // This user has used up the reads of Stripe for a minute, and our records do not say yet.
  | { kind: 'busy' }
  // No such session, or another user's, or none of ours: they are never distinguished.
  | { kind: 'unknown' }

type Options = Pick<SyncOptions, 'later'>

/**
 * What became of a checkout, for the person who comes back from it. The address proves nothing: the
 * session must be one that was opened here for the workspace that they act for, and then Stripe is
 * asked, and the records are brought up to date at once, without waiting for the webhook. Safe to open
 * as often as one likes: an id that is not theirs, and a session that is known to be paid or over, asks
 * Stripe nothing. Sessions that support makes in the dashboard are none of ours; a customer who pays one is
 * better sent to `/settings/billing?return=portal`.
 */
export async function confirmCheckout(
  actor: Actor,
  sessionId: string,
  options: Options = {},
): Promise<CheckoutOutcome> {
  const workspaceId = workspaceIdOf(actor)
  if (!isCheckoutSessionId(sessionId)) return { kind: 'unknown' }
  const [intent, customerId] = await Promise.all([
    findIntentOf(workspaceId, sessionId),
    findCustomerId(workspaceId),
  ])
  if (!intent || !customerId) return { kind: 'unknown' }
  const choice = readChoice(intent)
  // Both are Stripe's own last word on a session.
  if (intent.state === 'expired' || intent.state === 'replaced') return { kind: 'expired', choice }

  const checkout = { intent, sessionId, customerId, choice }
  const paid = await keptPayment(sessionId)
  if (!paid) return askForSession(actor, checkout, options)
  const billing = await readBilling(workspaceId, { actor, refresh: 'stale', ...options })
  const known = outcomeOf(billing, choice, paid)
  // Stale: Stripe was asked just now, and did not answer.
  if (known.kind !== 'activating' || billing.stale) return known
  return bringUpToDate(actor, checkout, paid, options)
}

type Checkout = {
  intent: CheckoutIntent
  sessionId: CheckoutSessionId
  customerId: CustomerId
  choice: Choice | null
}

type Payment = KeptPayment & { waits?: boolean }

async function askForSession(
  actor: Actor,
  checkout: Checkout,
  options: Options,
): Promise<CheckoutOutcome> {
  const { sessionId, customerId, choice } = checkout
  if (!(await mayRead(userIdOf(actor))).allowed) return withoutAsking(actor, checkout)
  countRead()
  const session = await findSession(sessionId)
  if (!session || session.customerId !== customerId) return { kind: 'unknown' }
  if (session.status === 'open') return { kind: 'open', choice }
  if (session.status !== 'complete') return { kind: 'expired', choice }
  const { subscriptionId } = session
  const waits = session.paymentStatus === 'unpaid'
  // The invoice of what has not arrived says what was paid for it: nothing. It is no receipt,
  // though the plan may be on.
  const receipt = waits ? null : session.receipt
  // A payment that waits for the bank is not final: it has no receipt yet, and may never have one.
  if (!waits) await keepPayment(sessionId, { receipt, subscriptionId })
  return bringUpToDate(actor, checkout, { receipt, subscriptionId, waits }, options)
}

async function bringUpToDate(
  actor: Actor,
  checkout: Checkout,
  paid: Payment,
  options: Options,
): Promise<CheckoutOutcome> {
  const { customerId, choice } = checkout
  if (!(await mayRead(userIdOf(actor))).allowed) return withoutAsking(actor, checkout)
  try {
    await syncCustomer(productionPorts(), customerId, actor, {
      ...options,
      deliver: deliverAfterVisit,
    })
  } catch (error) {
    // Marked dirty: the webhook or the drain will finish, and the page asks again.
    log.warn({ target: customerId, error: failureText(error) }, 'paid, and not in the records yet')
    return { kind: 'activating' }
  }
  const billing = await readBilling(workspaceIdOf(actor))
  const outcome = outcomeOf(billing, choice, paid)
  // Another subscription that is paid for says nothing about the bank debit of this one.
  const known = billing.subscriptionId === paid.subscriptionId && outcome.kind !== 'activating'
  return paid.waits && !known ? { kind: 'processing' } : outcome
}

/** What our records say of a checkout that is paid for: what was bought counts, not what operators granted. */
function outcomeOf(
  billing: Billing,
  choice: Choice | null,
  paid: KeptPayment | null,
): CheckoutOutcome {
  const { earnedTier: tier, interval, subscriptionId, status, stale } = billing
  if (isPaidTier(tier)) {
    // Only what is withheld leaves less than what is paid for.
    if (!isPaidTier(billing.tier)) return { kind: 'withheld' }
    // After a change of plan, or on another subscription, the receipt is not of what is named beside it.
    const same =
      tier === choice?.tier &&
      interval === choice.interval &&
      subscriptionId === paid?.subscriptionId
    const before = same || !choice ? null : { ...choice, paid: paid?.receipt?.paid ?? null }
    return { kind: 'activated', tier, receipt: same ? paid.receipt : null, before, billing }
  }
  return { kind: status === 'canceled' && !stale ? 'ended' : 'activating' }
}

/** Says what is true without another read: whether Stripe's event has reported the payment. */
async function withoutAsking(actor: Actor, { intent, choice }: Checkout): Promise<CheckoutOutcome> {
  if (intent.state !== 'completed') return { kind: 'busy' }
  const known = outcomeOf(await readBilling(workspaceIdOf(actor)), choice, null)
  return known.kind === 'activated' || known.kind === 'withheld' ? known : { kind: 'busy' }
}

async function findSession(id: CheckoutSessionId): Promise<CheckoutSessionSnapshot | null> {
  try {
    return await retrieveCheckoutSession(id)
  } catch (error) {
    if (error instanceof NotFound) return null
    throw error
  }
}
