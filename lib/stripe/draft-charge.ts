import type Stripe from 'stripe'
import { fromUnix } from '@/lib/clock'
import type { Money } from '@/lib/money'
import { isSkipped } from './billed-invoice'

/** A charge that its invoice is drafted for already. */
export type DraftCharge = {
  amount: Money
  /** When Stripe finalizes the invoice, and charges it. */
  at: Date
}

/**
 * What Stripe is about to charge, in the hour in which a renewal's invoice is a draft; null at any other time. Its
 * preview of what comes next does not name it: that is of the period after. Asks for `latest_invoice` and
 * `customer`, expanded. While collection is paused it comes to nothing.
 */
export function draftCharge({
  latest_invoice: latest,
  customer,
}: Pick<Stripe.Subscription, 'latest_invoice' | 'customer'>): DraftCharge | null {
  if (!latest || typeof latest === 'string' || latest.status !== 'draft' || isSkipped(latest))
    return null
  const { total, currency, created, automatically_finalizes_at: finalizes } = latest
  // Credit is taken off when it is finalized.
  const balance = typeof customer === 'string' || customer.deleted ? 0 : customer.balance
  return {
    amount: { amount: Math.max(0, total + balance), currency },
    at: fromUnix(finalizes ?? created + DRAFT_SECONDS),
  }
}

// About an hour, unless Stripe says when.
const DRAFT_SECONDS = 3_600
