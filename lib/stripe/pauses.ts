import type Stripe from 'stripe'
import { toUnix } from '@/lib/clock'
import type { SubscriptionId } from '@/lib/ids'
import type { Money } from '@/lib/money'
import { callStripe } from './call'

/** Nothing is collected, until a day or until it is ended by hand. */
export type Pause = {
  resumesAt: Date | null
  /** What becomes of the invoices that are made meanwhile, in Stripe's word. */
  behavior: Stripe.Subscription.PauseCollection.Behavior
}

/** From now on invoices are made void, or what else the pause says. What is paid for stays paid. Safe to repeat. */
export async function pauseCollection(
  id: SubscriptionId,
  { resumesAt, behavior }: Pause,
): Promise<void> {
  const until = resumesAt ? { resumes_at: toUnix(resumesAt) } : {}
  const pause_collection = { behavior, ...until }
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

/**
 * What would be charged at once if a period began now, and the one that is under way, which was not
 * paid, counted for nothing.
 */
export async function previewRestart(subscription: SubscriptionId): Promise<Money> {
  const { amount_due: amount, currency } = await callStripe((stripe) =>
    stripe.invoices.createPreview({ subscription, subscription_details: ANEW }),
  )
  return { amount, currency }
}

/**
 * Begins a new period of a subscription now, and charges it first: where the bank says no, nothing has changed.
 * @param key the same for what must be made once
 * @throws {PaymentRequired} the bank said no, and the period is as it was
 */
export async function restartPeriod(id: SubscriptionId, key: string): Promise<void> {
  const asked = { ...ANEW, payment_behavior: 'error_if_incomplete' } as const
  await callStripe((stripe) =>
    stripe.subscriptions.update(id, asked, { idempotencyKey: `restart:${id}:${key}` }),
  )
}

// Time that was not paid for gives no credit.
const ANEW = { billing_cycle_anchor: { type: 'now' }, proration_behavior: 'none' } as const
