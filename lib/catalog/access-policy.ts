/** What an account that pays late, elsewhere, or not at all may use: the founder's choices, as data. */
export type AccessPolicy = {
  /** Days of access after a renewal failed, counted from the failure. */
  graceDays: number
  /**
   * The first payment goes by a bank debit that takes days: `wait` for the money, or grant access for
   * so many days from the invoice on. The same holds for the first charge after a trial.
   */
  delayedPayment: 'wait' | { days: number }
  /** An invoice that was sent to be paid: access until it is due, or only once it is paid. */
  sentInvoice: 'until_due' | 'when_paid'
  /** A renewal's invoice was voided by an operator: its period is a gift, or not paid for. */
  voidedRenewal: 'keep' | 'end'
  /** A renewal's invoice was marked uncollectible: its period is a gift, or not paid for. */
  writtenOffRenewal: 'keep' | 'end'
  /** The whole of what a period cost went back: it is still used up to its end, or not. */
  fullRefund: 'keep' | 'end'
  /** The bank gave the money of a period back: it is still used up to its end, or not. */
  lostDispute: 'keep' | 'end'
  /**
   * Collection is paused (`pause_collection`): access to the end of what was paid, and again with the next payment;
   * or all the while, and to the end of the last period that the pause let pass.
   */
  pausedCollection: 'paid_period' | 'keep'
  /** The first payment never arrived: the subscription is canceled at Stripe, or left to an operator. */
  failedFirstPayment: 'cancel' | 'leave'
}

/** The policy of this application. `docs/access.md` draws what follows from it. */
export const ACCESS_POLICY: AccessPolicy = {
  // Stripe's recommended Smart Retries try for two weeks; access outlives them and then ends on a stated day.
  graceDays: 14,
  // A debit can come back after a week, and what was used meanwhile cannot.
  delayedPayment: 'wait',
  // A customer who agreed to be sent an invoice has until its day to pay it.
  sentInvoice: 'until_due',
  // By an operator: then nothing is owed for it. What a pause voids is never given away by this.
  voidedRenewal: 'keep',
  // Given up, not given away.
  writtenOffRenewal: 'end',
  // An operator who refunds can cancel at once, too; operators are notified that the plan goes on.
  fullRefund: 'keep',
  lostDispute: 'keep',
  // Nothing is paid for while it is paused, and it may have no end.
  pausedCollection: 'paid_period',
  // Left alone it stays `active`, and bills for the next period.
  failedFirstPayment: 'cancel',
}
