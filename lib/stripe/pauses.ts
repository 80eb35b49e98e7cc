import { toUnix } from '@/lib/clock'
import type { SubscriptionId } from '@/lib/ids'
import type { Money } from '@/lib/money'
import { callStripe } from './call'

/** From now on invoices are made void, until a day. What is paid for stays paid. Safe to repeat. */
export async function pauseCollection(id: SubscriptionId, resumesAt: Date): Promise<void> {
  const pause_collection = { behavior: 'void', resumes_at: toUnix(resumesAt) } as const
  await callStripe((stripe) => stripe.subscriptions.update(id, { pause_collection }))
}

/** Invoices are charged again. Safe to repeat. */
export async function unpauseCollection(id: SubscriptionId): Promise<void> {
  await callStripe((stripe) => stripe.subscriptions.update(id, { pause_collection: '' }))
}

/**
 * What would be charged at once if a subscription that is `paused` went on now, by Stripe's own preview. Nothing is
 * changed.
 */
export async function previewResumption(subscription: SubscriptionId): Promise<Money> {
  const { amount_due: amount, currency } = await callStripe((stripe) =>
    stripe.invoices.createPreview({ subscription, subscription_details: { resume_at: 'now' } }),
  )
  return { amount, currency }
}

/**
 * Begins a new period of a subscription that is `paused`, and charges it: it goes on once that is paid.
 * @throws {PaymentRequired} the bank said no, and it stays paused
 */
export async function resumePaused(id: SubscriptionId): Promise<void> {
  await callStripe((stripe) =>
    stripe.subscriptions.resume(id, {
      billing_cycle_anchor: { type: 'now' },
      payment_behavior: 'resume_on_payment_success',
    }),
  )
}
