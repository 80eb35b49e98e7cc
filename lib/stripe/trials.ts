import type Stripe from 'stripe'
import type { CustomerId, SubscriptionId } from '@/lib/ids'
import { parseStatus } from '@/lib/status'
import { callStripe } from './call'
import { underKey } from './under-key'

// In a subscription's metadata: its trial was begun by our own Checkout, and not given by an operator.
export const TRIAL_OF_CHECKOUT = { trial: 'checkout' } as const

export type BegunTrial = {
  isRunning: boolean
  isOfCheckout: boolean
  /** The fingerprint of what is to be charged; null where nothing was left, or it has none. */
  card: string | null
}

/** @throws {NotFound} Stripe does not have the subscription */
export async function retrieveBegunTrial(id: SubscriptionId): Promise<BegunTrial> {
  const expand = ['default_payment_method', 'customer.invoice_settings.default_payment_method']
  const from = await callStripe((stripe) => stripe.subscriptions.retrieve(id, { expand }))
  return {
    isRunning: parseStatus(from.status) === 'trialing',
    isOfCheckout: from.metadata.trial === TRIAL_OF_CHECKOUT.trial,
    card: fingerprintOf(from.default_payment_method ?? defaultOf(from.customer)),
  }
}

/** The fingerprints of everything that a customer has left to be charged. */
export async function listFingerprints(customer: CustomerId): Promise<string[]> {
  const methods = await callStripe((stripe) =>
    stripe.paymentMethods.list({ customer, limit: 100 }).autoPagingToArray({ limit: 1000 }),
  )
  return methods.map(fingerprintOf).filter((each) => each !== null)
}

/** Ends a trial at once, which charges the first period. Safe to repeat: an ended one stays as it is. */
export async function endTrial(id: SubscriptionId): Promise<void> {
  await callStripe((stripe) =>
    underKey(`trial.end:${id}`, (options) =>
      stripe.subscriptions.update(id, { trial_end: 'now', proration_behavior: 'none' }, options),
    ),
  )
}

function defaultOf(customer: Stripe.Subscription['customer']) {
  if (typeof customer === 'string' || customer.deleted) return null
  return customer.invoice_settings.default_payment_method
}

// Wallets and the like have none, and cannot be known again.
function fingerprintOf(method: Stripe.PaymentMethod | string | null): string | null {
  if (method === null || typeof method === 'string') return null
  const { card, us_bank_account: bank, sepa_debit: debit } = method
  return card?.fingerprint ?? bank?.fingerprint ?? debit?.fingerprint ?? null
}
