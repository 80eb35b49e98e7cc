import type Stripe from 'stripe'
import { WITHOUT_CARD, type WithoutCard } from '@/lib/charge'
import {
  type CustomerId,
  parseCustomerId,
  parseSubscriptionId,
  type SubscriptionId,
} from '@/lib/ids'
import { isTerminal, parseStatus, type SubscriptionStatus } from '@/lib/status'
import { callStripe } from './call'
import { dateOf, idOf } from './read'

/** A subscription as it is at this moment, for an email about it. */
export type SubscriptionNow = {
  id: SubscriptionId
  customerId: CustomerId
  status: SubscriptionStatus | 'unknown'
  /** Null while it lives. */
  endedAt: Date | null
  trialEnd: Date | null
  currentPeriodEnd: Date | null
  /** When it ends, if it is to end. */
  cancelAt: Date | null
  latestInvoiceId: string | null
  /** It ended because it was not paid. */
  isUnpaid: boolean
  /** A change of plan that waits for its payment. */
  isChangePending: boolean
  metadata: { app: string | null; env: string | null }
}

/** What a subscription that Stripe showed along with something else is now. */
export function subscriptionNow(from: Stripe.Subscription): SubscriptionNow {
  const ends = from.items.data.map(({ current_period_end: end }) => end)
  const periodEnd = ends.length > 0 ? Math.max(...ends) : null
  const status = parseStatus(from.status)
  // An end that Stripe dates itself; one of 23 hours without a payment may come without.
  const endedAt = from.ended_at ?? (isTerminal(status) ? (from.canceled_at ?? from.created) : null)
  return {
    id: parseSubscriptionId(from.id),
    customerId: parseCustomerId(idOf(from.customer)),
    status,
    endedAt: dateOf(endedAt),
    trialEnd: dateOf(from.trial_end),
    currentPeriodEnd: dateOf(periodEnd),
    cancelAt: dateOf(from.cancel_at ?? (from.cancel_at_period_end ? periodEnd : null)),
    latestInvoiceId: idOf(from.latest_invoice),
    isUnpaid: from.cancellation_details?.reason === 'payment_failed',
    isChangePending: from.pending_update !== null,
    metadata: { app: from.metadata.app ?? null, env: from.metadata.env ?? null },
  }
}

/**
 * A trial as it is now. `withoutCard`: what its end does, because there is nothing to charge; null when
 * there is something.
 * @throws {NotFound} Stripe does not have it
 */
export async function retrieveTrial(
  id: SubscriptionId,
): Promise<SubscriptionNow & { withoutCard: WithoutCard | null }> {
  const subscription = await callStripe((stripe) =>
    stripe.subscriptions.retrieve(id, { expand: ['customer'] }),
  )
  return { ...subscriptionNow(subscription), withoutCard: withoutCardOf(subscription) }
}

/** The same of a subscription that was read with its customer. */
export function withoutCardOf(subscription: Stripe.Subscription): WithoutCard | null {
  if (hasCard(subscription)) return null
  const behavior = subscription.trial_settings?.end_behavior.missing_payment_method
  return WITHOUT_CARD.find((known) => known === behavior) ?? 'create_invoice'
}

/** @throws {NotFound} Stripe does not have it */
export async function retrieveSubscription(id: SubscriptionId): Promise<SubscriptionNow> {
  return subscriptionNow(await callStripe((stripe) => stripe.subscriptions.retrieve(id)))
}

// The order in which Stripe looks for something to charge.
function hasCard({ default_payment_method, default_source, customer }: Stripe.Subscription) {
  if (default_payment_method !== null || default_source !== null) return true
  if (typeof customer === 'string' || customer.deleted) return false
  return (
    customer.invoice_settings.default_payment_method !== null || customer.default_source !== null
  )
}
