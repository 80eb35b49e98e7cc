/**
 * What became of the money for a subscription's current period. Together with Stripe's status it
 * decides what is allowed: a status alone says nothing about a bank debit that has not arrived.
 */
export const PAYMENTS = [
  // The money is there, or nothing was asked for.
  'settled',
  // The renewal's invoice is being made: Stripe leaves it a draft for about an hour.
  'draft',
  // Asked for and not there: a bank debit is on its way, or a charge is about to be tried.
  'open',
  // Sent to the customer, who pays it by its due date.
  'sent',
  // Voided after it was asked for: a debit for the first invoice came back, or an operator took the invoice back.
  'void',
  // Written off, or paid with nothing but credit that was never paid for: no money is expected any more.
  'uncollectible',
  // Made while collection was paused (`pause_collection`): no one was asked for it, and no one will be.
  'skipped',
  // It was there, and the whole of it went back to the customer.
  'refunded',
  // It was there, and the bank gave it back to the cardholder.
  'dispute_lost',
] as const

export type PaymentState = (typeof PAYMENTS)[number]

/** How a subscription is paid, as its row keeps it. */
export type Payment = {
  payment: PaymentState
  /** For which invoice the money is missing. `conversion`: the first that asked for some after a trial. */
  owes: 'first' | 'conversion' | 'renewal' | null
  /** When that invoice was finalized, or made while it is a draft. */
  owedSince: Date | null
  /** Until when an invoice that was sent may be paid. */
  dueAt: Date | null
  /** A change of plan, quantity or interval, or a period, was billed, and all or part of the money is missing. */
  changeUnpaid: boolean
  /** The plan that the money covers while a change is not paid: the one before. Null: unknown, or no such change. */
  coveredTier: string | null
  /** The end of what was paid for; null where nothing was ever billed. */
  paidThrough: Date | null
}
