import type Stripe from 'stripe'
import { fromUnix } from '@/lib/clock'
import type { Money } from '@/lib/money'
import { isSkipped } from './billed-invoice'
import { chargedOf } from './minimum-charge'

/** A charge that its invoice is drafted for already. */
export type DraftCharge = {
  amount: Money
  /** What is too little to be charged, in minor units: it is owed with the next invoice. */
  carried: number
  /** The customer's balance once it is final, in minor units: credit has a minus. */
  balanceAfter: number
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
  const { due, carried } = chargedOf(total + balance, currency)
  return {
    ...{ amount: { amount: due, currency }, carried },
    balanceAfter: Math.min(0, total + balance) + carried,
    at: fromUnix(finalizes ?? created + DRAFT_SECONDS),
  }
}

// About an hour, unless Stripe says when.
const DRAFT_SECONDS = 3_600
